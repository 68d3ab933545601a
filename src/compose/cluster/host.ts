import { API_VERSION, HOST_RESERVATION_KIND } from '../../api/group.ts';
import { listAt, stringAt } from '../../api/json.ts';
import { type ClusterId, names, shortHash } from '../../api/names.ts';
import type { KubeObject } from '../../api/object.ts';
import type { ClusterPlan, HostHolder } from '../../plan/index.ts';
import type { ComposeInput, DesiredObject, Requirement } from '../types.ts';
import { isControlledBy, PARTS } from './observe.ts';

/** Who holds a host name: our own composed reservation, or what Crossplane found under the reservation's name. */
export function hostHolder(input: ComposeInput): (host: string) => HostHolder {
  return host => {
    if (input.observed.has(partOf(host))) return 'ours';
    const found = input.required.get(partOf(host));
    if (!found) return 'unknown';
    const reservation = found.find(object => object.metadata.name === names.hostReservation(host));
    if (!reservation) return 'free';
    return isControlledBy(reservation, input.composite) ? 'ours' : 'other';
  };
}

/** The reservation the function must see before it may compose one: composing another cluster's would abort the round. */
export function hostRequirement(host: string): [string, Requirement] {
  return [partOf(host), { apiVersion: API_VERSION, kind: HOST_RESERVATION_KIND, name: names.hostReservation(host) }];
}

/**
 * Reservations to hold: the wanted hosts' once they are free or ours, and those in use until the control plane has left
 * them. A refused request keeps what there is.
 */
export function hostReservations(
  cluster: ClusterId,
  plan: ClusterPlan,
  input: ComposeInput,
): Map<string, DesiredObject> {
  const held = new Map<string, DesiredObject>();
  const keep = (host: string) => held.set(partOf(host), { object: reservation(host, cluster), ready: true });
  const inUse = hostsOf(input.observed.get(PARTS.controlPlane));
  for (const object of input.observed.values()) {
    const host = object.kind === HOST_RESERVATION_KIND ? stringAt(object, 'spec', 'host') : undefined;
    if (host && (!plan.accepted || plan.hosts.includes(host) || inUse.includes(host))) keep(host);
  }
  if (plan.accepted) for (const host of plan.hosts) if (hostHolder(input)(host) === 'free') keep(host);
  return held;
}

function hostsOf(controlPlane: KubeObject | undefined): (string | undefined)[] {
  const ingress = listAt(controlPlane, 'spec', 'ingress', 'hosts').filter(host => typeof host === 'string');
  return [stringAt(controlPlane, 'spec', 'endpoint', 'host'), ...ingress];
}

function partOf(host: string): string {
  return PARTS.host(shortHash(host));
}

function reservation(host: string, cluster: ClusterId): KubeObject {
  return {
    apiVersion: API_VERSION,
    kind: HOST_RESERVATION_KIND,
    metadata: { name: names.hostReservation(host) },
    spec: { host, cluster: { namespace: cluster.namespace, name: cluster.name } },
  };
}
