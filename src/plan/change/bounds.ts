import { createHash } from 'node:crypto';
import type { NodePoolSpec } from '../../api/parts/node-pool.ts';
import type { NodeGroup } from '../../api/v1alpha1/node-group.ts';
import { entryOf } from '../../base/json.ts';
import type { Hold } from '../hold.ts';
import type { ObservedCluster } from '../observed.ts';
import { leavingZones } from './leaving-zones.ts';
import { type StandingZones, splitBounds } from './split-bounds.ts';

/** Bounds by zone, and what of a change of zones or bounds waits. */
export interface BoundsPlan {
  bounds: NodePoolSpec['zones'];
  pending: Hold[];
}

/**
 * Where the nodes of a group may stand. Zones follow the claim: those it names have the bounds of the group, those it
 * no longer names are left one node at a time.
 */
export function planBounds(
  asked: NodeGroup,
  path: string,
  context: { group: string; observed: ObservedCluster['pools'][string] | undefined },
  zones: readonly string[],
): BoundsPlan {
  const { minReplicas: min, maxReplicas: max } = asked;
  const standing = standingOf(context.observed);
  const split = splitBounds(min, max, zones, rotation(context.group), standing);
  if (!standing) return { bounds: split.bounds, pending: [] };
  const unknown = zones.filter(zone => entryOf(standing.bounds, zone) && nodesOf(zone, standing) === undefined);
  if (!split.unchanged && unknown.length > 0 && mayCut(max, zones, standing)) {
    const reason = `waits until it is known how many nodes stand in ${unknown.join(', ')}`;
    return { bounds: standing.bounds, pending: [{ path: `${path}.maxReplicas`, reason }] };
  }
  const left = leavingZones(zones, min, split.unchanged, standing);
  const pending = Object.keys(left).map(zone => ({
    path: `${path}.zones`,
    reason: `the group leaves ${zone} one node at a time, as soon as enough nodes are ready elsewhere`,
  }));
  return { bounds: { ...split.bounds, ...left }, pending };
}

/** Whether a new maximum could take nodes away of which nobody knows whether they are there. */
function mayCut(max: number, zones: readonly string[], standing: StandingZones): boolean {
  const most = zones.map(zone => nodesOf(zone, standing) ?? entryOf(standing.bounds, zone)?.max ?? 0);
  return most.reduce((sum, nodes) => sum + nodes, 0) > max;
}

function nodesOf(zone: string, { nodes }: StandingZones): number | undefined {
  return entryOf(nodes, zone)?.desired;
}

function standingOf(observed: ObservedCluster['pools'][string] | undefined): StandingZones | undefined {
  return observed && { bounds: observed.spec.zones, nodes: observed.status?.zones ?? {} };
}

/** Spreads the odd nodes of different groups over different zones. */
function rotation(group: string): number {
  return createHash('sha256').update(group).digest().readUInt16BE(0);
}
