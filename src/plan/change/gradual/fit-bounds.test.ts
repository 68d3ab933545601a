import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type Bounds, splitBounds as splitOf } from '../../target/node-pool/split-bounds.ts';
import { fitBounds, type StandingZones, type ZoneNodes } from './fit-bounds.ts';

const splitBounds = (min: number, max: number, zones: string[], offset: number, standing?: StandingZones) =>
  standing ? fitBounds({ min, max, offset }, zones, standing).bounds : splitOf({ min, max, offset }, zones, undefined);
const wanting = (counts: Record<string, number>): Record<string, ZoneNodes> =>
  Object.fromEntries(Object.entries(counts).map(([zone, desired]) => [zone, { desired }]));

const ZONES = ['geneva', 'lucerne', 'gland'];
const sum = (bounds: Bounds, key: 'min' | 'max') => Object.values(bounds).reduce((total, zone) => total + zone[key], 0);
const bounds = fc.tuple(fc.nat(40), fc.nat(40)).map(([a, b]) => ({ min: Math.min(a, b), max: Math.max(a, b) }));

describe('splitBounds', () => {
  test.each([
    { min: 3, max: 20, offset: 0, expected: { geneva: [1, 7], lucerne: [1, 7], gland: [1, 6] } },
    { min: 1, max: 5, offset: 1, expected: { geneva: [0, 1], lucerne: [1, 2], gland: [0, 2] } },
    { min: 2, max: 10, offset: 2, expected: { geneva: [1, 3], lucerne: [0, 3], gland: [1, 4] } },
    { min: 0, max: 0, offset: 0, expected: { geneva: [0, 0], lucerne: [0, 0], gland: [0, 0] } },
  ])('splits $min to $max from zone $offset on', ({ min, max, offset, expected }) => {
    const split = splitBounds(min, max, ZONES, offset);
    expect(Object.fromEntries(Object.entries(split).map(([zone, b]) => [zone, [b.min, b.max]]))).toEqual(expected);
  });

  test('sums are exact and every zone has min within max', () => {
    fc.assert(
      fc.property(bounds, fc.nat(100), fc.integer({ min: 1, max: 3 }), ({ min, max }, offset, count) => {
        const split = splitBounds(min, max, ZONES.slice(0, count), offset);
        expect(sum(split, 'min')).toBe(min);
        expect(sum(split, 'max')).toBe(max);
        for (const zone of Object.values(split)) expect(zone.min).toBeLessThanOrEqual(zone.max);
      }),
    );
  });

  test('unchanged totals keep the split, wherever the autoscaler put nodes', () => {
    fc.assert(
      fc.property(
        bounds,
        fc.nat(100),
        fc.array(fc.nat(9), { minLength: 3, maxLength: 3 }),
        ({ min, max }, offset, counts) => {
          const first = splitBounds(min, max, ZONES, offset);
          const nodes = Object.fromEntries(
            ZONES.map((zone, index) => [zone, Math.min(counts[index] ?? 0, first[zone]?.max ?? 0)]),
          );
          expect(splitBounds(min, max, ZONES, offset, { bounds: first, nodes: wanting(nodes) })).toEqual(first);
        },
      ),
    );
  });

  test('changed bounds never cut a node that the new maximum allows', () => {
    fc.assert(
      fc.property(
        bounds,
        bounds,
        fc.nat(100),
        fc.array(fc.nat(9), { minLength: 3, maxLength: 3 }),
        (before, after, offset, counts) => {
          const first = splitBounds(before.min, before.max, ZONES, offset);
          const nodes = Object.fromEntries(
            ZONES.map((zone, index) => [zone, Math.min(counts[index] ?? 0, first[zone]?.max ?? 0)]),
          );
          const next = splitBounds(after.min, after.max, ZONES, offset, { bounds: first, nodes: wanting(nodes) });
          const standing = Object.values(nodes).reduce((total, count) => total + count, 0);
          const cut = ZONES.reduce(
            (total, zone) => total + Math.max(0, (nodes[zone] ?? 0) - (next[zone]?.max ?? 0)),
            0,
          );
          expect(cut).toBe(Math.max(0, standing - after.max));
          expect(sum(next, 'min')).toBe(after.min);
          expect(sum(next, 'max')).toBe(after.max);
        },
      ),
    );
  });

  test('other zones in the same number are another split', () => {
    const first = splitBounds(2, 4, ['geneva', 'lucerne'], 0);
    const moved = splitBounds(2, 4, ['geneva', 'gland'], 0, {
      bounds: first,
      nodes: wanting({ geneva: 1, lucerne: 1 }),
    });
    expect(moved).toEqual({ geneva: { min: 1, max: 2 }, gland: { min: 1, max: 2 } });
  });

  test('a zone that comes back while it is being left has its share again', () => {
    const leaving: Bounds = { geneva: { min: 3, max: 6 }, gland: { min: 0, max: 0, leaving: true } };
    const back = splitBounds(3, 6, ['geneva', 'gland'], 0, {
      bounds: leaving,
      nodes: wanting({ geneva: 3, gland: 0 }),
    });
    expect(back.gland?.max).toBeGreaterThan(0);
    expect(sum(back, 'max')).toBe(6);
  });

  test('a zone of which nobody knows how many nodes it has counts as full', () => {
    const first = splitBounds(3, 9, ZONES, 0);
    const next = splitBounds(0, 12, ZONES, 1, { bounds: first, nodes: {} });
    for (const zone of ZONES) expect(next[zone]?.max).toBeGreaterThanOrEqual(first[zone]?.max ?? 0);
  });
});
