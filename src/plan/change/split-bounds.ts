import type { ZoneBounds } from '../../api/parts/node-pool.ts';
import { entryOf } from '../../base/json.ts';

export type Bounds = Record<string, ZoneBounds>;

/** Nodes of one zone; what nobody knows is absent, which never means none. */
export interface ZoneNodes {
  /** Nodes wanted. */
  desired?: number | undefined;
  /** Nodes ready. */
  ready?: number | undefined;
  /** Machines that are there, those on their way out included. */
  standing?: number | undefined;
}

/** What is known of a group that already stands. */
export interface StandingZones {
  /** Bounds the group has now. */
  bounds: Bounds;
  nodes: Record<string, ZoneNodes>;
}

export interface Split {
  bounds: Bounds;
  /** Whether these are the bounds the zones have already. */
  unchanged: boolean;
}

/**
 * Splits the bounds of a group over its zones so that the sums are exact, with one rotation for both (design section 4).
 *
 * While the totals and the set of zones stay the same the split stays the same. When they change, a node that the new
 * bounds allow is never deleted: room is taken from the zones that have most to spare, and a zone of which nobody
 * knows how many nodes it has counts as full. Zones the group leaves are no business of the split (leaving-zones.ts).
 *
 * @param offset rotation, stable for the group
 */
export function splitBounds(
  min: number,
  max: number,
  zones: readonly string[],
  offset: number,
  standing?: StandingZones,
): Split {
  const before = standing && entriesOf(zones, standing.bounds);
  if (before && isSplitOf(before, min, max) && fits(before, max, standing)) return { bounds: before, unchanged: true };
  const maxima = refit(split(max, zones, offset), zone => (standing ? nodesIn(zone, standing) : 0));
  const minima = cap(split(min, zones, offset), maxima);
  const bounds = Object.fromEntries(zones.map(zone => [zone, { min: minima[zone] ?? 0, max: maxima[zone] ?? 0 }]));
  return { bounds, unchanged: false };
}

/** The present bounds of exactly these zones, or undefined when one of them is new to the group or was being left. */
function entriesOf(zones: readonly string[], bounds: Bounds): Bounds | undefined {
  const entries: [string, ZoneBounds][] = [];
  for (const zone of zones) {
    const present = entryOf(bounds, zone);
    if (!present || present.leaving) return undefined;
    entries.push([zone, present]);
  }
  return Object.fromEntries(entries);
}

function isSplitOf(bounds: Bounds, min: number, max: number): boolean {
  const sum = (key: 'min' | 'max') => Object.values(bounds).reduce((total, zone) => total + zone[key], 0);
  return sum('min') === min && sum('max') === max;
}

/** Whether every zone has the nodes it may have; the autoscaler may have added some while the bounds were being changed. */
function fits(bounds: Bounds, max: number, standing: StandingZones): boolean {
  const nodes = Object.keys(bounds).map(zone => entryOf(standing.nodes, zone)?.desired ?? 0);
  const isWithin = Object.values(bounds).every((zone, index) => (nodes[index] ?? 0) <= zone.max);
  return isWithin || nodes.reduce((sum, count) => sum + count, 0) > max;
}

function nodesIn(zone: string, { nodes, bounds }: StandingZones): number {
  return entryOf(nodes, zone)?.desired ?? entryOf(bounds, zone)?.max ?? 0;
}

/** Even split; the zones from `offset` on get one more each until the total is reached. */
function split(total: number, zones: readonly string[], offset: number): Record<string, number> {
  const base = Math.floor(total / zones.length);
  const extra = total % zones.length;
  return Object.fromEntries(
    zones.map((zone, index) => {
      const rank = (index - (offset % zones.length) + zones.length) % zones.length;
      return [zone, base + (rank < extra ? 1 : 0)];
    }),
  );
}

/** Moves room to zones that hold more nodes than their share, from those with most to spare; the sum stays. */
function refit(shares: Record<string, number>, nodes: (zone: string) => number): Record<string, number> {
  const result = { ...shares };
  const spare = (zone: string) => (result[zone] ?? 0) - nodes(zone);
  for (;;) {
    const byRoom = Object.keys(result).sort((a, b) => spare(b) - spare(a));
    const [roomiest, tightest] = [byRoom[0], byRoom[byRoom.length - 1]];
    if (roomiest === undefined || tightest === undefined || spare(tightest) >= 0 || spare(roomiest) <= 0) return result;
    result[roomiest] = (result[roomiest] ?? 0) - 1;
    result[tightest] = (result[tightest] ?? 0) + 1;
  }
}

/** Keeps every minimum within its zone's maximum and moves the rest to zones with room; the sum stays. */
function cap(minima: Record<string, number>, maxima: Record<string, number>): Record<string, number> {
  const result: Record<string, number> = {};
  let left = 0;
  for (const [zone, wanted] of Object.entries(minima)) {
    result[zone] = Math.min(wanted, maxima[zone] ?? 0);
    left += wanted - (result[zone] ?? 0);
  }
  for (const zone of Object.keys(result)) {
    const take = Math.min(left, (maxima[zone] ?? 0) - (result[zone] ?? 0));
    result[zone] = (result[zone] ?? 0) + take;
    left -= take;
  }
  return result;
}
