import type { ControlPlaneSpec } from '../../api/parts/control-plane.ts';
import { listAt, stringAt } from '../../base/json.ts';
import type { KubeObject } from '../../base/object.ts';
import { present } from '../../base/present.ts';
import { CONTROL_PLANE } from './resource-names.ts';

/** What decides the hosts of Ingresses. */
type Hosts = Pick<ControlPlaneSpec, 'endpoint' | 'ingress'>;

/**
 * Hosts to render now, of those the cluster is to have. A host that moves between the API and the sites leaves its old
 * Ingress first: ingress-nginx refuses a second one for it, and a refused object ends Crossplane's round, so that the
 * old one would never go.
 *
 * @param observed the Ingresses that exist, by composition resource name
 */
export function handedOver({ endpoint, ingress }: Hosts, observed: ReadonlyMap<string, KubeObject>): Hosts {
  const [api] = ingressHosts(observed.get(CONTROL_PLANE.apiIngress));
  const sites = ingressHosts(observed.get(CONTROL_PLANE.ingressTls));
  const waits = endpoint !== undefined && endpoint.host !== api && sites.includes(endpoint.host);
  const host = waits ? api : endpoint?.host;
  const free = ingress?.hosts.filter(site => site === endpoint?.host || site !== api) ?? [];
  return present({
    endpoint: endpoint && host !== undefined ? { ...endpoint, host } : undefined,
    ingress: ingress && free.length > 0 ? { ...ingress, hosts: free } : undefined,
  });
}

/** Hosts of the Ingresses among some objects. */
export function servedHosts(objects: readonly KubeObject[]): string[] {
  return [...new Set(objects.filter(({ kind }) => kind === 'Ingress').flatMap(ingressHosts))].sort();
}

/** Hosts of an Ingress. */
export function ingressHosts(ingress: KubeObject | undefined): string[] {
  return listAt(ingress, 'spec', 'rules').flatMap(rule => stringAt(rule, 'host') ?? []);
}
