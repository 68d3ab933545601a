import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { pool as resolved } from '../../../render/node-pool/testing/pool.ts';
import { type Bounds, splitBounds, wholeOf } from '../../target/node-pool/split-bounds.ts';
import { nextBounds } from './bounds.ts';
import type { ZoneNodes } from './fit-bounds.ts';

const ZONES = ['geneva', 'lucerne', 'gland'];
const all = (count: number): ZoneNodes => ({ desired: count, ready: count, standing: count });

/** A group as it is observed: its bounds and what stands in each zone. */
interface World {
  bounds: Bounds;
  nodes: Record<string, ZoneNodes>;
}

const plan = (min: number, max: number, zones: string[], world: World) => {
  const observed = observedAs(world);
  const target = { ...observed.spec, zones: splitBounds(wholeOf('web', { min, max }), zones, undefined) };
  const { pool, pending } = nextBounds(target, observed);
  return { bounds: pool.zones, pending };
};

function observedAs({ bounds, nodes }: World) {
  return {
    spec: resolved({ zones: bounds }),
    status: { zones: nodes },
  };
}

describe('a group whose zones change', () => {
  const before: World = {
    bounds: { geneva: { min: 1, max: 2 }, lucerne: { min: 1, max: 2 } },
    nodes: { geneva: all(1), lucerne: all(1) },
  };

  test('gets room in the new zone first, and keeps every node in the old one', () => {
    const { bounds, pending } = plan(2, 4, ['geneva', 'gland'], before);
    expect(bounds.gland).toEqual({ min: 1, max: 2 });
    expect(bounds.lucerne).toEqual({ min: 0, max: 1, leaving: true });
    expect(pending).toMatchObject([{ path: 'spec.nodeGroups.web.zones' }]);
  });

  const roomMade = plan(2, 4, ['geneva', 'gland'], before).bounds;

  test('keeps the old node until another one is ready in its place', () => {
    const joining = { geneva: all(1), lucerne: all(1), gland: { desired: 1, ready: 0, standing: 1 } };
    expect(plan(2, 4, ['geneva', 'gland'], { bounds: roomMade, nodes: joining }).bounds).toEqual(roomMade);
    const joined = { ...joining, gland: all(1) };
    const next = plan(2, 4, ['geneva', 'gland'], { bounds: roomMade, nodes: joined }).bounds;
    expect(next.lucerne).toEqual({ min: 0, max: 0, leaving: true });
  });

  test('forgets a zone once nothing stands there, and not before', () => {
    const emptied = { ...roomMade, lucerne: { min: 0, max: 0, leaving: true } };
    const nodes = (lucerne: ZoneNodes) => ({ geneva: all(1), gland: all(1), lucerne });
    const bounds = (lucerne: ZoneNodes) => plan(2, 4, ['geneva', 'gland'], { bounds: emptied, nodes: nodes(lucerne) });
    expect(bounds({ desired: 0, ready: 1, standing: 1 }).bounds.lucerne).toBeDefined();
    expect(bounds({ desired: 0 }).bounds.lucerne).toBeDefined();
    expect(bounds({}).bounds.lucerne).toBeDefined();
    const there = { min: 1, max: 2 };
    expect(bounds(all(0))).toEqual({ bounds: { geneva: there, gland: there }, pending: [] });
  });

  test('takes one node at a time, in one zone at a time', () => {
    const bounds: Bounds = {
      geneva: { min: 1, max: 9 },
      lucerne: { min: 0, max: 3, leaving: true },
      gland: { min: 0, max: 2, leaving: true },
    };
    const nodes = { geneva: all(2), lucerne: all(3), gland: all(2) };
    const first = plan(1, 9, ['geneva'], { bounds, nodes }).bounds;
    expect(first).toMatchObject({ lucerne: { max: 3 }, gland: { max: 1 } });
    const goingOn = { ...nodes, gland: { desired: 1, ready: 2, standing: 2 } };
    expect(plan(1, 9, ['geneva'], { bounds: first, nodes: goingOn }).bounds).toEqual(first);
  });

  test('a zone of which nobody knows what stands there stays as it is', () => {
    const { bounds } = plan(2, 4, ['geneva', 'gland'], { ...before, nodes: { geneva: all(2) } });
    expect(bounds.lucerne).toEqual({ min: 0, max: 2, leaving: true });
  });
});

test('fewer nodes at most wait until it is known how many there are', () => {
  const bounds = { geneva: { min: 0, max: 5 }, lucerne: { min: 0, max: 5 } };
  const lost = plan(0, 4, ['geneva', 'lucerne'], { bounds, nodes: { geneva: all(2) } });
  expect(lost.bounds).toEqual(bounds);
  expect(lost.pending).toMatchObject([
    { path: 'spec.nodeGroups.web.maxReplicas', reason: 'waits until it is known how many nodes stand in lucerne' },
  ]);
  const known = plan(0, 4, ['geneva', 'lucerne'], { bounds, nodes: { geneva: all(2), lucerne: all(2) } });
  expect(known.bounds).toEqual({ geneva: { min: 0, max: 2 }, lucerne: { min: 0, max: 2 } });
});

/** Cluster API and the autoscaler for one round: bounds are kept, one node joins or goes in each zone. */
function nextRound({ bounds, nodes }: World): World['nodes'] {
  const next: World['nodes'] = {};
  for (const zone of new Set([...Object.keys(bounds), ...Object.keys(nodes)])) {
    const { min, max } = bounds[zone] ?? { min: 0, max: 0 };
    const { desired = 0, standing = 0, ready = 0 } = nodes[zone] ?? {};
    const wanted = Math.min(Math.max(desired, min), max);
    const stands = standing < wanted ? standing + 1 : standing > wanted ? standing - 1 : standing;
    next[zone] = { desired: wanted, standing: stands, ready: Math.min(stands, ready + 1) };
  }
  return next;
}

test('wherever its zones move, a group arrives there, never has fewer ready nodes than its fewest, and sums are exact', () => {
  const zones = fc.uniqueArray(fc.constantFrom(...ZONES), { minLength: 1 });
  const bounds = fc.tuple(fc.nat(6), fc.nat(6)).map(([min, more]) => ({ min, max: min + more }));
  fc.assert(
    fc.property(bounds, zones, fc.array(zones, { minLength: 1, maxLength: 3 }), ({ min, max }, first, moves) => {
      let world: World = {
        bounds: splitBounds(wholeOf('web', { min, max }), first, undefined),
        nodes: {},
      };
      const live = (target: string[], rounds: number) => {
        for (let round = 0; round < rounds; round++) {
          const ready = readyIn(world);
          const next = plan(min, max, target, world).bounds;
          const staying = Object.values(next).filter(zone => !zone.leaving);
          expect(staying.reduce((sum, zone) => sum + zone.max, 0)).toBe(max);
          expect(staying.reduce((sum, zone) => sum + zone.min, 0)).toBe(min);
          world = { bounds: next, nodes: nextRound({ bounds: next, nodes: world.nodes }) };
          if (ready >= min) expect(readyIn(world)).toBeGreaterThanOrEqual(min);
        }
      };
      live(first, 15);
      for (const move of moves) live(move, 4);
      const last = moves.at(-1) ?? first;
      live(last, 60);
      expect(Object.keys(world.bounds).sort()).toEqual([...last].sort());
      expect(readyIn(world)).toBeGreaterThanOrEqual(min);
    }),
  );
});

function readyIn({ nodes }: World): number {
  return Object.values(nodes).reduce((sum, { ready }) => sum + (ready ?? 0), 0);
}
