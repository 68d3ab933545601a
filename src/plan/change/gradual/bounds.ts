import type { NodePoolSpec } from '../../../api/parts/node-pool.ts';
import { entryOf } from '../../../base/json.ts';
import type { ObservedPool } from '../../observed.ts';
import { totalsOf, wholeOf } from '../../target/node-pool/split-bounds.ts';
import type { Pending } from '../pending.ts';
import { fitBounds, type StandingZones } from './fit-bounds.ts';
import { leavingZones } from './leaving-zones.ts';
import type { Gradual } from './types.ts';

/**
 * Where the nodes of a group may stand in this round. Zones follow the claim: those it names have the bounds of the
 * group, fitted to where nodes stand, and those it no longer names are left one node at a time.
 */
export const bounds: Gradual = (children, _, facts) => {
  const moves = Object.entries(children.pools).map(([group, target]) =>
    nextBounds(target, entryOf(facts.observed.pools, group)),
  );
  return {
    children: { ...children, pools: Object.fromEntries(moves.map(({ pool }) => [pool.group, pool])) },
    pending: moves.flatMap(({ pending }) => pending),
  };
};

/** One group with the bounds of its zones in this round, and what of its way is left. */
export function nextBounds(
  target: NodePoolSpec,
  observed: ObservedPool | undefined,
): { pool: NodePoolSpec; pending: Pending[] } {
  const { group } = target;
  const standing = standingOf(observed);
  if (!standing) return { pool: target, pending: [] };
  const part = `pool-${group}` as const;
  const path = `spec.nodeGroups.${group}`;
  const zones = Object.keys(target.zones);
  const totals = totalsOf(target.zones);
  const fit = fitBounds(wholeOf(group, totals), zones, standing);
  const unknown = zones.filter(zone => entryOf(standing.bounds, zone) && nodesOf(zone, standing) === undefined);
  if (!fit.unchanged && unknown.length > 0 && mayCut(totals.max, zones, standing)) {
    const reason = `waits until it is known how many nodes stand in ${unknown.join(', ')}`;
    const remedy = `wait; if it takes long, look at the machines of the group in ${unknown.join(', ')}`;
    return {
      pool: { ...target, zones: standing.bounds },
      pending: [{ code: 'NodesUnknown', part, path: `${path}.maxReplicas`, reason, remedy }],
    };
  }
  const left = leavingZones(zones, totals.min, fit.unchanged, standing);
  const pending = Object.keys(left).map((zone): Pending => {
    const reason = `the group leaves ${zone} one node at a time, as soon as enough nodes are ready elsewhere`;
    const remedy = `wait until the nodes in ${zone} are gone`;
    return { code: 'ZoneLeaving', part, path: `${path}.zones`, reason, remedy };
  });
  return { pool: { ...target, zones: { ...fit.bounds, ...left } }, pending };
}

/** Whether a new maximum could take nodes away of which nobody knows whether they are there. */
function mayCut(max: number, zones: readonly string[], standing: StandingZones): boolean {
  const most = zones.map(zone => nodesOf(zone, standing) ?? entryOf(standing.bounds, zone)?.max ?? 0);
  return most.reduce((sum, nodes) => sum + nodes, 0) > max;
}

function nodesOf(zone: string, { nodes }: StandingZones): number | undefined {
  return entryOf(nodes, zone)?.desired;
}

function standingOf(observed: ObservedPool | undefined): StandingZones | undefined {
  return observed && { bounds: observed.spec.zones, nodes: observed.status?.zones ?? {} };
}
