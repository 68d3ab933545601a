import { HOST_RESERVATION_KIND, PART_API_VERSION } from '../../api/group.ts';
import { CLUSTER_LABEL } from '../../base/labels.ts';
import { type ClusterId, names } from '../../base/names.ts';
import type { KubeObject } from '../../base/object.ts';
import type { ClusterPlan } from '../../plan/index.ts';
import { holderOf } from '../../plan/reservations.ts';
import type { DesiredObject, Requirement } from '../types.ts';
import type { Reading } from './read/index.ts';
import { hostRequirement } from './read/reservations.ts';

/**
 * The reservations the function must see: of hosts it may compose one for, because composing another cluster's would
 * abort the round, and of hosts in use, because a refused request must not keep what is somebody else's.
 */
export function hostRequirements({ hosts }: ClusterPlan, { hostsInUse }: Reading): Map<string, Requirement> {
  const all = new Set([...hosts, ...hostsInUse]);
  return new Map(
    [...all].sort().map(host => {
      const requirement = {
        apiVersion: PART_API_VERSION,
        kind: HOST_RESERVATION_KIND,
        name: names.hostReservation(host),
      };
      return [hostRequirement(host), requirement];
    }),
  );
}

/**
 * Reservations to hold: of the wanted hosts and those the control plane has not left yet, as far as they are free or
 * ours. One that went missing for a round, or for good, is held again. A refused request keeps what there is.
 */
export function hostReservations(plan: ClusterPlan, reading: Reading): Map<string, DesiredObject> {
  const { cluster, held, hostsInUse, reservations } = reading;
  const hosts = new Set([...(plan.accepted ? plan.hosts : held.keys()), ...hostsInUse]);
  const holdable = [...hosts].sort().filter(host => ['ours', 'free'].includes(holderOf(host, reservations)));
  return new Map(
    holdable.map(host => [
      // One that an older function composed keeps the name it was composed as: under another it would be made anew.
      held.get(host) ?? names.hostReservation(host),
      { object: reservation(host, cluster), ready: true },
    ]),
  );
}

function reservation(host: string, cluster: ClusterId): KubeObject {
  return {
    apiVersion: PART_API_VERSION,
    kind: HOST_RESERVATION_KIND,
    metadata: { name: names.hostReservation(host), labels: { [CLUSTER_LABEL]: cluster.name } },
    spec: { host, cluster: { namespace: cluster.namespace, name: cluster.name } },
  };
}
