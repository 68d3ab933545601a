import type { ControlPlaneSpec } from '../../api/parts/control-plane.ts';
import type { ClusterSpec } from '../../api/v1alpha1/cluster.ts';
import type { ClusterId } from '../../base/names.ts';
import type { Catalog } from '../../catalog/index.ts';
import type { Problem } from '../finding.ts';
import { exposeMethod } from './expose.ts';
import { faultOfName, faultOfOffer, type HostRole } from './host-policy.ts';

/** Who holds a host name, as far as is known. */
export type HostHolder = 'unknown' | 'free' | 'ours' | 'other';

export interface HostContext {
  cluster: ClusterId;
  catalog: Catalog;
  holder: (host: string) => HostHolder;
  /** What the control plane was last let through with. */
  running: ControlPlaneSpec | undefined;
}

export interface HostPlan {
  /** Public name of the Kubernetes API; absent where the platform reserves the default one. */
  api?: string;
  /** Name the API keeps because it cannot have that one. */
  keeps?: string;
  /** Names the shared ingress is to pass to the cluster. */
  ingress: string[];
  problems: Problem[];
  warnings: Problem[];
}

/** Where the hosts of the shared ingress stand in a claim. */
const INGRESS_HOSTS = 'spec.addons.ingressNginx.hosts';

/**
 * The public names of a cluster. The API's is the tenant's, or one that cannot collide because labels hold no dots
 * (H82). A name that another cluster holds is refused; who is first keeps it.
 */
export function planHosts(spec: ClusterSpec, context: HostContext): HostPlan {
  const plan = spec.host ? askedApi(spec.host.toLowerCase(), context) : defaultApi(context);
  const asked = proxiedHosts(spec).map(host => host.toLowerCase());
  for (const [index, host] of asked.entries()) {
    const path = `${INGRESS_HOSTS}[${index}]`;
    const told = check(host, 'ingress', path, context);
    plan.problems.push(...told.problems, ...overlap(host, plan.keeps ?? plan.api, path));
    plan.warnings.push(...told.warnings);
  }
  return { ...plan, ingress: [...new Set(asked)] };
}

function askedApi(api: string, context: HostContext): HostPlan {
  return { api, ingress: [], ...check(api, 'api', 'spec.host', context) };
}

/** Nobody asked for this name, so that it cannot be had is no reason to refuse the claim; but it must be told. */
function defaultApi(context: HostContext): HostPlan {
  const { cluster, catalog, holder, running } = context;
  const api = `${cluster.name}.${cluster.namespace}.${catalog.domain.suffix}`;
  const reserved = running?.endpoint?.host === api ? undefined : faultOfOffer(api, cluster, catalog)?.message;
  const missing = reserved ?? (holder(api) === 'other' ? `${api} belongs to another cluster` : undefined);
  // One that is taken is still wanted, and looked up again every time: it may become free.
  const plan: HostPlan = { ...(reserved ? {} : { api }), ingress: [], problems: [], warnings: [] };
  if (missing === undefined) return plan;
  const kept = running?.endpoint && holder(running.endpoint.host) !== 'other' ? running.endpoint.host : undefined;
  const warning: Problem = {
    code: 'NoPublicEndpoint',
    path: 'spec.host',
    message: `${missing}, so that the API ${kept ? `keeps the name ${kept}` : 'has no public name'}`,
    remedy: 'set spec.host to a name of your own, or free the default one',
  };
  return { ...plan, ...(kept ? { keeps: kept } : {}), warnings: [warning] };
}

/** Hosts of the ingress controller that arrive by the shared ingress. */
function proxiedHosts(spec: ClusterSpec): string[] {
  const asked = spec.addons.ingressNginx;
  return asked?.enabled && exposeMethod(spec) === 'Proxied' ? (asked.hosts ?? []) : [];
}

function check(
  host: string,
  role: HostRole,
  path: string,
  { cluster, catalog, holder, running }: HostContext,
): Pick<HostPlan, 'problems' | 'warnings'> {
  const fault = faultOfName(host, role, catalog);
  if (fault) return { problems: [{ path, ...fault }], warnings: [] };
  if (holder(host) === 'other') {
    const remedy = 'choose another host name, or delete the cluster that holds it';
    const taken: Problem = { code: 'HostTaken', path, message: `${host} belongs to another cluster`, remedy };
    return { problems: [taken], warnings: [] };
  }
  const withheld = faultOfOffer(host, cluster, catalog);
  if (!withheld) return { problems: [], warnings: [] };
  const inUse = role === 'api' ? running?.endpoint?.host === host : running?.ingress?.hosts.includes(host);
  if (!inUse) return { problems: [{ path, ...withheld }], warnings: [] };
  const message = `${withheld.message}; the cluster keeps it, because it runs with it`;
  return { problems: [], warnings: [{ code: 'NotInCatalogue', path, message, remedy: withheld.remedy }] };
}

/** The shared ingress takes a host once: a second Ingress for the API's would be refused, again and again. */
function overlap(host: string, api: string | undefined, path: string): Problem[] {
  const covered = host.startsWith('*.') && api?.slice(api.indexOf('.')) === host.slice(1);
  if (host !== api && !covered) return [];
  const remedy = 'use another name here, or give the API another one with spec.host';
  const message = covered ? `${host} covers ${api}, the name of the API` : `${host} is the name of the API`;
  return [{ code: 'HostConflict', path, message, remedy }];
}

/** A name is used once its reservation is seen as ours; until then the control plane keeps what it has. */
export function usableHosts(
  hosts: HostPlan,
  { holder, catalog, running }: HostContext,
): { endpoint: ControlPlaneSpec['endpoint']; ingress: ControlPlaneSpec['ingress'] } {
  const { ingressClass } = catalog.domain;
  const kept = running && withoutOthersHosts(running, holder);
  const endpoint = hosts.api && holder(hosts.api) === 'ours' ? { host: hosts.api, ingressClass } : kept?.endpoint;
  // A site that takes over the API's name waits until the API has its new one.
  const ready = hosts.ingress
    .filter(host => holder(host) === 'ours' || kept?.ingress?.hosts.includes(host))
    .filter(host => host !== endpoint?.host);
  return {
    endpoint,
    ingress: ready.length > 0 ? { hosts: ready, ingressClass } : undefined,
  };
}

/** The same less the hosts that are seen to be another cluster's; what is not known yet stays. */
export function withoutOthersHosts(spec: ControlPlaneSpec, holder: (host: string) => HostHolder): ControlPlaneSpec {
  const { endpoint, ingress, ...rest } = spec;
  const hosts = ingress?.hosts.filter(host => holder(host) !== 'other') ?? [];
  return {
    ...rest,
    ...(endpoint && holder(endpoint.host) !== 'other' ? { endpoint } : {}),
    ...(ingress && hosts.length > 0 ? { ingress: { ...ingress, hosts } } : {}),
  };
}
