import type { ZoneBounds } from '../api/children/node-pool.ts';
import { entryOf } from '../api/json.ts';

export type Bounds = Record<string, ZoneBounds>;

/** What is known of a group that already stands. */
export interface StandingZones {
  /** Bounds the group has now. */
  bounds: Bounds;
  /** Nodes wanted now by zone. */
  nodes: Record<string, number>;
}

/**
 * Splits the bounds of a group over its zones so that the sums are exact, with one rotation for both (design section 4).
 *
 * While the totals and zones stay the same the split stays the same. When they change, a node that the new bounds
 * allow is never deleted: room is taken from the zones that have most to spare. Zones the group leaves stay with 0 as
 * long as nodes stand in them.
 *
 * @param offset rotation, stable for the group
 */
export function splitBounds(
  min: number,
  max: number,
  zones: readonly string[],
  offset: number,
  standing?: StandingZones,
): Bounds {
  if (standing && unchanged(min, max, zones, standing)) return standing.bounds;
  const nodes = standing?.nodes ?? {};
  const maxima = refit(split(max, zones, offset), zone => entryOf(nodes, zone) ?? 0);
  const minima = cap(split(min, zones, offset), maxima);
  const bounds: Bounds = {};
  for (const zone of zones) bounds[zone] = { min: minima[zone] ?? 0, max: maxima[zone] ?? 0 };
  for (const [zone, count] of Object.entries(nodes)) {
    if (!zones.includes(zone) && count > 0) bounds[zone] = { min: 0, max: 0 };
  }
  return bounds;
}

function unchanged(min: number, max: number, zones: readonly string[], standing: StandingZones): boolean {
  const live = Object.entries(standing.bounds).filter(([zone, bounds]) => zones.includes(zone) || bounds.max > 0);
  const sum = (key: 'min' | 'max') => live.reduce((total, [, bounds]) => total + bounds[key], 0);
  return live.length === zones.length && sum('min') === min && sum('max') === max && leftZonesEmpty(zones, standing);
}

/** Zones left earlier may go from the split once nothing stands there, so they must not keep it from changing. */
function leftZonesEmpty(zones: readonly string[], standing: StandingZones): boolean {
  return Object.keys(standing.bounds).every(zone => zones.includes(zone) || (entryOf(standing.nodes, zone) ?? 0) > 0);
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
