import type { ZoneBounds } from '../../../api/parts/node-pool.ts';
import { entryOf } from '../../../base/json.ts';
import { type Bounds, boundsOf, evenMaxima, keptSplit, type Whole } from '../../target/node-pool/split-bounds.ts';

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

export interface Fit {
  bounds: Bounds;
  /** Whether these are the bounds the zones have already. */
  unchanged: boolean;
}

/**
 * Fits the bounds of a group to where its nodes stand. While the sums and the set of zones stay the same the split stays
 * the same. When they change, a node that the new bounds allow is never deleted: room is taken from the zones that have
 * most to spare, and a zone of which nobody knows how many nodes it has counts as full. Zones the group leaves are no
 * business of this (leaving-zones.ts).
 */
export function fitBounds(whole: Whole, zones: readonly string[], standing: StandingZones): Fit {
  const before = keptSplit(whole, zones, standing.bounds);
  if (before && fits(before, whole.max, standing)) return { bounds: before, unchanged: true };
  const maxima = refit(evenMaxima(whole, zones), zone => nodesIn(zone, standing));
  return { bounds: boundsOf(whole, maxima), unchanged: false };
}

/** Whether every zone has the nodes it may have; the autoscaler may have added some while the bounds were being changed. */
function fits(bounds: Bounds, max: number, standing: StandingZones): boolean {
  const nodes = Object.keys(bounds).map(zone => entryOf(standing.nodes, zone)?.desired ?? 0);
  const isWithin = Object.values(bounds).every((zone: ZoneBounds, index) => (nodes[index] ?? 0) <= zone.max);
  return isWithin || nodes.reduce((sum, count) => sum + count, 0) > max;
}

function nodesIn(zone: string, { nodes, bounds }: StandingZones): number {
  return entryOf(nodes, zone)?.desired ?? entryOf(bounds, zone)?.max ?? 0;
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
