import { createHash } from 'node:crypto';
import type { ZoneBounds } from '../../../api/parts/node-pool.ts';
import { entryOf } from '../../../base/json.ts';

/** Bounds by zone. */
export type Bounds = Record<string, ZoneBounds>;

/** Bounds of a whole group. */
export interface Totals {
  min: number;
  max: number;
}

/** Bounds to split, and which zones get the odd ones: a group's own rotation. */
export interface Whole extends Totals {
  offset: number;
}

/**
 * Splits the bounds of a group over its zones so that the sums are exact, with one rotation for both
 * (decision exact-sums). While the sums and the zones stay the same the split stays the same.
 */
export function splitBounds(whole: Whole, zones: readonly string[], accepted: Bounds | undefined): Bounds {
  return keptSplit(whole, zones, accepted) ?? boundsOf(whole, evenMaxima(whole, zones));
}

/** The present bounds of exactly these zones, unless their sums differ or one of them is new or being left. */
export function keptSplit(
  { min, max }: Totals,
  zones: readonly string[],
  accepted: Bounds | undefined,
): Bounds | undefined {
  const entries: [string, ZoneBounds][] = [];
  for (const zone of zones) {
    const present = accepted && entryOf(accepted, zone);
    if (!present || present.leaving) return undefined;
    entries.push([zone, present]);
  }
  const bounds = Object.fromEntries(entries);
  const sums = totalsOf(bounds);
  return sums.min === min && sums.max === max ? bounds : undefined;
}

/** Most nodes by zone, as even as the sum allows. */
export function evenMaxima({ max, offset }: Whole, zones: readonly string[]): Record<string, number> {
  return split(max, zones, offset);
}

/** Bounds with these maxima: the minima are even too, as far as the maxima leave room. */
export function boundsOf({ min, offset }: Whole, maxima: Record<string, number>): Bounds {
  const zones = Object.keys(maxima);
  const minima = cap(split(min, zones, offset), maxima);
  return Object.fromEntries(zones.map(zone => [zone, { min: minima[zone] ?? 0, max: maxima[zone] ?? 0 }]));
}

/** Sums of the bounds of all zones. */
export function totalsOf(bounds: Bounds): Totals {
  const zones = Object.values(bounds);
  return { min: zones.reduce((sum, zone) => sum + zone.min, 0), max: zones.reduce((sum, zone) => sum + zone.max, 0) };
}

/** The bounds of a group by its name. Its rotation is found out only where a split is made anew. */
export function wholeOf(group: string, { min, max }: Totals): Whole {
  return {
    min,
    max,
    get offset() {
      return rotation(group);
    },
  };
}

/** Spreads the odd nodes of different groups over different zones. */
function rotation(group: string): number {
  return createHash('sha256').update(group).digest().readUInt16BE(0);
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
