import { HOST_RESERVATION_KIND, PART_API_VERSION } from '../../api/group.ts';
import { listAt, objectAt, stringAt } from '../../base/json.ts';
import { CLUSTER_LABEL } from '../../base/labels.ts';
import { type ClusterId, names } from '../../base/names.ts';
import type { KubeObject } from '../../base/object.ts';
import type { ClusterPlan, HostHolder } from '../../plan/index.ts';
import { PARTS } from '../../render/cluster/resource-names.ts';
import type { ComposeInput, DesiredObject, Requirement } from '../types.ts';
import { clusterOf, controllerOf } from './read.ts';

/**
 * Who holds a host name, by the reservation's own name, its full host and its controller. What it is composed as proves
 * nothing: that name was a short hash once, and a second host with the same one is found in seconds.
 */
export function hostHolder(input: ComposeInput): (host: string) => HostHolder {
  const observed = observedReservations(input);
  return host => {
    const looked = input.required.get(names.hostReservation(host));
    const found = looked?.find(object => object.metadata.name === names.hostReservation(host));
    if (found) return reserves(found, host) && isOurs(found, input) ? 'ours' : 'other';
    if (observed.has(host)) return 'ours';
    return looked ? 'free' : 'unknown';
  };
}

/**
 * The reservations the function must see: of hosts it may compose one for, because composing another cluster's would
 * abort the round, and of hosts in use, because a refused request must not keep what is somebody else's.
 */
export function hostRequirements(plan: ClusterPlan, input: ComposeInput): Map<string, Requirement> {
  const hosts = new Set([...plan.hosts, ...hostsInUse(input)]);
  return new Map(
    [...hosts].sort().map(host => {
      const name = names.hostReservation(host);
      return [name, { apiVersion: PART_API_VERSION, kind: HOST_RESERVATION_KIND, name }];
    }),
  );
}

/**
 * Reservations to hold: of the wanted hosts and those the control plane has not left yet, as far as they are free or
 * ours. One that went missing for a round, or for good, is held again. A refused request keeps what there is.
 */
export function hostReservations(
  cluster: ClusterId,
  plan: ClusterPlan,
  input: ComposeInput,
): Map<string, DesiredObject> {
  const observed = observedReservations(input);
  const holder = hostHolder(input);
  const hosts = new Set([...(plan.accepted ? plan.hosts : observed.keys()), ...hostsInUse(input)]);
  const held = [...hosts].sort().filter(host => holder(host) === 'ours' || holder(host) === 'free');
  return new Map(
    held.map(host => [
      // One that an older function composed keeps the name it was composed as: under another it would be made anew.
      observed.get(host) ?? names.hostReservation(host),
      { object: reservation(host, cluster), ready: true },
    ]),
  );
}

/** Our reservations as Crossplane observed them: what each is composed as, by the host it proves. */
export function observedReservations(input: ComposeInput): Map<string, string> {
  const found = new Map<string, string>();
  for (const [part, object] of input.observed) {
    const host = stringAt(object, 'spec', 'host');
    if (host !== undefined && reserves(object, host) && isOurs(object, input)) found.set(host, part);
  }
  return found;
}

/** Whether an object is the reservation of a host: its name is the hash of the host, and the host it holds is that one. */
function reserves(object: KubeObject, host: string): boolean {
  return (
    object.kind === HOST_RESERVATION_KIND &&
    object.metadata.name === names.hostReservation(host) &&
    stringAt(object, 'spec', 'host') === host
  );
}

/** Ours by its controller. One without any came back from a backup; Crossplane takes it up again for the cluster it names. */
function isOurs(object: KubeObject, { composite }: ComposeInput): boolean {
  const controller = controllerOf(object);
  if (controller !== undefined) return controller === stringAt(composite, 'metadata', 'uid');
  const { namespace, name } = clusterOf(composite);
  const cluster = objectAt(object, 'spec', 'cluster');
  return cluster.namespace === namespace && cluster.name === name;
}

/** Hosts that the control plane's accepted spec holds, and those its Ingresses still have. */
export function hostsInUse(input: ComposeInput): string[] {
  const controlPlane = input.observed.get(PARTS.controlPlane);
  const hosts = [
    stringAt(controlPlane, 'spec', 'endpoint', 'host'),
    ...listAt(controlPlane, 'spec', 'ingress', 'hosts'),
    ...listAt(controlPlane, 'status', 'hosts'),
  ];
  return hosts.filter(host => typeof host === 'string');
}

function reservation(host: string, cluster: ClusterId): KubeObject {
  return {
    apiVersion: PART_API_VERSION,
    kind: HOST_RESERVATION_KIND,
    metadata: { name: names.hostReservation(host), labels: { [CLUSTER_LABEL]: cluster.name } },
    spec: { host, cluster: { namespace: cluster.namespace, name: cluster.name } },
  };
}
