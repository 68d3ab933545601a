import { entryOf } from '../../../base/json.ts';
import type { Bounds } from '../../target/node-pool/split-bounds.ts';
import type { StandingZones } from './fit-bounds.ts';

/**
 * Zones a group stands in but is no longer to: they are emptied one node at a time, after the zones that stay have
 * their room, and only while more nodes than the group's fewest are ready. A zone goes once nothing is left of it; one
 * of which nobody knows what stands there stays as it is.
 *
 * @param staying zones of the group
 * @param min fewest nodes of the group
 * @param roomMade whether the zones that stay had their bounds before this round
 */
export function leavingZones(
  staying: readonly string[],
  min: number,
  roomMade: boolean,
  { bounds, nodes }: StandingZones,
): Bounds {
  const left: Bounds = {};
  for (const zone of new Set([...Object.keys(bounds), ...Object.keys(nodes)])) {
    if (staying.includes(zone)) continue;
    const most = entryOf(bounds, zone)?.max ?? 0;
    const { desired, standing } = entryOf(nodes, zone) ?? {};
    if (desired === 0 && standing === 0) continue;
    left[zone] = { min: 0, max: Math.min(most, desired ?? most), leaving: true };
  }
  const next = nextToShrink(left, nodes);
  if (next !== undefined && roomMade && readyNodes(nodes) > min) left[next] = shrunk(left, next);
  return left;
}

/** The emptiest zone, once every node that was to go before is gone. */
function nextToShrink(left: Bounds, nodes: StandingZones['nodes']): string | undefined {
  const settled = Object.entries(left).every(([zone, { max }]) => {
    const { desired, standing } = entryOf(nodes, zone) ?? {};
    return desired !== undefined && standing !== undefined && desired <= max && standing <= max;
  });
  if (!settled) return undefined;
  const full = Object.entries(left).filter(([, { max }]) => max > 0);
  return full.sort(([a, one], [b, other]) => one.max - other.max || (a < b ? -1 : 1))[0]?.[0];
}

function readyNodes(nodes: StandingZones['nodes']): number {
  return Object.values(nodes).reduce((sum, { ready }) => sum + (ready ?? 0), 0);
}

function shrunk(left: Bounds, zone: string): Bounds[string] {
  return { min: 0, max: Math.max(0, (left[zone]?.max ?? 0) - 1), leaving: true };
}
