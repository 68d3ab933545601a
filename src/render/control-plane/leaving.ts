import type { ControlPlaneSpec } from '../../api/parts/control-plane.ts';
import type { KubeObject } from '../../base/object.ts';
import type { Leaving } from '../types.ts';
import { ingressHosts } from './host-handover.ts';
import { CONTROL_PLANE } from './resource-names.ts';

const { apiIngress, ingressService, ingressTls, ingressAcme } = CONTROL_PLANE;

/**
 * Which Ingresses may go: those whose hosts the cluster has no more, and for a round those whose hosts another Ingress
 * still has to leave first (host-handover.ts). All else beside a control plane is there for good.
 */
export function leavingIngresses(
  { endpoint, ingress }: Pick<ControlPlaneSpec, 'endpoint' | 'ingress'>,
  observed: ReadonlyMap<string, KubeObject>,
): Leaving {
  const api = ingressHosts(observed.get(apiIngress));
  const sites = ingressHosts(observed.get(ingressTls));
  const leaving: Leaving = new Map();
  if (!endpoint) leaving.set(apiIngress, 'the API has no public host any more');
  else if (api.length === 0 && sites.includes(endpoint.host)) leaving.set(apiIngress, waitsFor(endpoint.host));
  const blocked = ingress?.hosts.filter(host => api.includes(host)) ?? [];
  for (const name of [ingressService, ingressTls, ingressAcme]) {
    if (!ingress) leaving.set(name, 'no host leads to the ingress controller of the cluster any more');
    else if (blocked.length === ingress.hosts.length) leaving.set(name, waitsFor(blocked.join(', ')));
  }
  return leaving;
}

function waitsFor(host: string): string {
  return `it comes back once another Ingress of the cluster has left ${host}`;
}
