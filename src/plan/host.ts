import type { ControlPlaneSpec } from '../api/children/control-plane.ts';
import type { ClusterSpec } from '../api/claim/cluster.ts';
import type { ClusterId } from '../api/names.ts';
import type { Catalog } from '../catalog/index.ts';
import { exposeMethod } from './expose.ts';
import type { Problem } from './problem.ts';

const HOST = /^(\*\.)?([a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?\.)+[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?$/;

/** Who holds a host name, as far as is known. */
export type HostHolder = 'unknown' | 'free' | 'ours' | 'other';

export interface HostPlan {
  /** Public name of the Kubernetes API. */
  api: string;
  /** Names the shared ingress is to pass to the cluster. */
  ingress: string[];
  problems: Problem[];
}

/**
 * The public names of a cluster. The API's is the tenant's, or one that cannot collide because labels hold no dots
 * (H82). A name that another cluster holds is refused; who is first keeps it.
 */
export function planHosts(
  spec: ClusterSpec,
  cluster: ClusterId,
  catalog: Catalog,
  holder: (host: string) => HostHolder,
): HostPlan {
  const api = spec.host?.toLowerCase() || `${cluster.name}.${cluster.namespace}.${catalog.domain.suffix}`;
  const ingress = proxiedHosts(spec).map(host => host.toLowerCase());
  const check = (host: string, path: string) => checkHost(host, path, cluster, catalog, holder);
  const problems = [
    ...(spec.host ? check(api, 'spec.host') : []),
    ...ingress.flatMap((host, index) => check(host, `spec.addons.ingressNginx.hosts[${index}]`)),
  ];
  return { api, ingress: [...new Set(ingress)], problems };
}

/** Hosts of the ingress controller that arrive by the shared ingress. */
function proxiedHosts(spec: ClusterSpec): string[] {
  const asked = spec.addons.ingressNginx;
  return asked?.enabled && exposeMethod(spec) === 'Proxied' ? (asked.hosts ?? []) : [];
}

function checkHost(
  host: string,
  path: string,
  cluster: ClusterId,
  catalog: Catalog,
  holder: (host: string) => HostHolder,
): Problem[] {
  if (!HOST.test(host)) {
    return [
      { code: 'InvalidField', path, message: `${host} is not a host name`, remedy: 'use for example www.example.com' },
    ];
  }
  if (!allowed(host, cluster, catalog)) {
    const message = `${host} is not under a domain this platform allows`;
    return [{ code: 'HostNotAllowed', path, message, remedy: `use a name under ${catalog.domain.allowed.join(', ')}` }];
  }
  if (holder(host) !== 'other') return [];
  const remedy = 'choose another host name, or delete the cluster that holds it';
  return [{ code: 'HostTaken', path, message: `${host} belongs to another cluster`, remedy }];
}

/** Names under the platform's own suffix carry the tenant's namespace, or one tenant could take another's default. */
function allowed(host: string, cluster: ClusterId, catalog: Catalog): boolean {
  const under = (suffix: string) => host.endsWith(`.${suffix}`);
  if (under(catalog.domain.suffix)) return under(`${cluster.namespace}.${catalog.domain.suffix}`);
  return catalog.domain.allowed.length === 0 || catalog.domain.allowed.some(under);
}

/** A name is used once its reservation is seen as ours; until then the control plane keeps what it has. */
export function usableHosts(
  hosts: HostPlan,
  holder: (host: string) => HostHolder,
  catalog: Catalog,
  running: ControlPlaneSpec | undefined,
): { endpoint: ControlPlaneSpec['endpoint']; ingress: ControlPlaneSpec['ingress'] } {
  const { ingressClass } = catalog.domain;
  const kept = running && withoutOthersHosts(running, holder);
  const ready = hosts.ingress.filter(host => holder(host) === 'ours' || kept?.ingress?.hosts.includes(host));
  return {
    endpoint: holder(hosts.api) === 'ours' ? { host: hosts.api, ingressClass } : kept?.endpoint,
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
