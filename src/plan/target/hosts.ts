import type { ControlPlaneSpec } from '../../api/parts/control-plane.ts';
import { present } from '../../base/present.ts';
import type { Finding } from '../finding.ts';
import { holderOf } from '../reservations.ts';
import type { TargetContext } from './context.ts';
import { faultOfName, faultOfOffer, type HostRole } from './host-policy.ts';

export interface HostPlan {
  /** Public name of the Kubernetes API; absent where it can have none. */
  endpoint: ControlPlaneSpec['endpoint'];
  /** Names the shared ingress is to pass to the cluster. */
  ingress: ControlPlaneSpec['ingress'];
  /** Names to reserve: those, and a default one that somebody else holds, because it may become free. */
  wanted: string[];
  findings: Finding[];
}

/** Where the hosts of the shared ingress stand in a claim. */
const INGRESS_HOSTS = 'spec.addons.ingressNginx.hosts';

/**
 * The public names of a cluster. The API's is the tenant's, or one that cannot collide because labels hold no dots
 * (H82). A name that another cluster holds is refused; who is first keeps it.
 */
export function planHosts(context: TargetContext): HostPlan {
  const { host } = context.request;
  const { ingressClass } = context.catalog.domain;
  const api = host === undefined ? defaultApi(context) : askedApi(host, context);
  const asked = proxiedHosts(context);
  const hosts = [...new Set(asked)];
  return {
    endpoint: api.endpoint,
    ingress: hosts.length > 0 ? { hosts, ingressClass } : undefined,
    wanted: [...(api.wanted === undefined ? [] : [api.wanted]), ...hosts],
    findings: [
      ...api.findings,
      ...asked.flatMap((site, index) => {
        const path = `${INGRESS_HOSTS}[${index}]`;
        return [...check(site, 'ingress', path, context), ...overlap(site, api.endpoint?.host ?? api.wanted, path)];
      }),
    ],
  };
}

/** The name of the API, the one to reserve for it, and what is to be said. */
type ApiName = Pick<HostPlan, 'endpoint' | 'findings'> & { wanted: string | undefined };

function askedApi(host: string, context: TargetContext): ApiName {
  const { ingressClass } = context.catalog.domain;
  return { endpoint: { host, ingressClass }, wanted: host, findings: check(host, 'api', 'spec.host', context) };
}

/** Nobody asked for this name, so that it cannot be had is no reason to refuse the claim; but it must be told. */
function defaultApi({ cluster, catalog, accepted, reservations }: TargetContext): ApiName {
  const host = `${cluster.name}.${cluster.namespace}.${catalog.domain.suffix}`;
  const running = accepted.controlPlane?.endpoint;
  const reserved = running?.host === host ? undefined : faultOfOffer(host, cluster, catalog)?.message;
  const taken = holderOf(host, reservations) === 'other' ? `${host} belongs to another cluster` : undefined;
  const missing = reserved ?? taken;
  if (missing === undefined) {
    return { endpoint: { host, ingressClass: catalog.domain.ingressClass }, wanted: host, findings: [] };
  }
  const kept = running && holderOf(running.host, reservations) !== 'other' ? running : undefined;
  const warning: Finding = {
    code: 'NoPublicEndpoint',
    path: 'spec.host',
    message: `${missing}, so that the API ${kept ? `keeps the name ${kept.host}` : 'has no public name'}`,
    remedy: 'set spec.host to a name of your own, or free the default one',
  };
  return { endpoint: kept, wanted: reserved === undefined ? host : undefined, findings: [warning] };
}

/** Hosts of the ingress controller that arrive by the shared ingress, as often as the claim names them. */
function proxiedHosts({ request: { ingress } }: TargetContext): readonly string[] {
  return ingress.enabled && ingress.expose === 'Proxied' ? ingress.hosts : [];
}

function check(host: string, role: HostRole, path: string, context: TargetContext): Finding[] {
  const { cluster, catalog, accepted, reservations } = context;
  const fault = faultOfName(host, role, catalog);
  if (fault) return [{ path, ...fault }];
  if (holderOf(host, reservations) === 'other') {
    const remedy = 'choose another host name, or delete the cluster that holds it';
    return [{ code: 'HostTaken', path, message: `${host} belongs to another cluster`, remedy }];
  }
  const withheld = faultOfOffer(host, cluster, catalog);
  if (!withheld) return [];
  const running = accepted.controlPlane;
  const inUse = role === 'api' ? running?.endpoint?.host === host : running?.ingress?.hosts.includes(host);
  if (!inUse) return [{ path, ...withheld }];
  const message = `${withheld.message}; the cluster keeps it, because it runs with it`;
  return [{ code: 'NotInCatalogue', path, message, remedy: withheld.remedy }];
}

/** The shared ingress takes a host once: a second Ingress for the API's would be refused, again and again. */
function overlap(host: string, api: string | undefined, path: string): Finding[] {
  const covered = host.startsWith('*.') && api?.slice(api.indexOf('.')) === host.slice(1);
  if (host !== api && !covered) return [];
  const remedy = 'use another name here, or give the API another one with spec.host';
  const message = covered ? `${host} covers ${api}, the name of the API` : `${host} is the name of the API`;
  return [{ code: 'HostConflict', path, message, remedy }];
}

/** A control plane less the hosts that are seen to be another cluster's; what is not known yet stays. */
export function withoutOthersHosts(
  spec: ControlPlaneSpec,
  reservations: TargetContext['reservations'],
): ControlPlaneSpec {
  const { endpoint, ingress, ...rest } = spec;
  const mayStay = (host: string) => holderOf(host, reservations) !== 'other';
  const hosts = ingress?.hosts.filter(mayStay) ?? [];
  return {
    ...rest,
    ...present({
      endpoint: endpoint && mayStay(endpoint.host) ? endpoint : undefined,
      ingress: ingress && hosts.length > 0 ? { ...ingress, hosts } : undefined,
    }),
  };
}
