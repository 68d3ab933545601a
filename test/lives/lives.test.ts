import fc from 'fast-check';
import { expect, test } from 'vitest';
import { type JsonObject, objectAt } from '../../src/base/json.ts';

import { minorKey } from '../../src/plan/target/version.ts';
import { CATALOGUES } from './catalogues.ts';
import { laws } from './laws.ts';
import { carryOut, type Stride, stride } from './steps.ts';
import { accepted, boundsOf, machinesOf, World } from './world.ts';

const FIRST: JsonObject = {
  version: 'v1.33',
  nodeGroups: { web: { instanceType: 's1.large', minReplicas: 2, maxReplicas: 6 } },
};

/** Every reason for which something left in some life. */
const told = new Set<string>();
/** The reasons there are: lives in which one of them never comes up would prove nothing about it. */
const REASONS = [
  /^the group is to have no nodes in \w+, and has none$/,
  /^no machine of the group in \w+ is made of it$/,
  /^the claim asks for this part no more$/,
  /^the claim asks for it no more, and nothing of it is left$/,
  /^the cluster is to have the release \S+ no more$/,
  /^no host leads to the ingress controller of the cluster any more$/,
  /^the cluster uses it no more$/,
];
/** What takes two edits of the same hosts within a moment. */
const RARE = /^it comes back once another Ingress of the cluster has left /;

/** A cluster that stands. */
function born(): World {
  const world = new World(FIRST, (...round) => {
    laws(...round);
    for (const reason of round[2].leaving.values()) told.add(reason);
  });
  for (let round = 0; round < 10; round += 1) {
    world.round();
    world.tick(true);
  }
  expect(world.children.has('pool-web')).toBe(true);
  return world;
}

function live(world: World, strides: readonly Stride[]): void {
  let spec = FIRST;
  for (const { step, rounds } of strides) {
    spec = carryOut(step, world, spec);
    world.ask(spec);
    for (const { ofClaim, ofChildren, ticks, upgrades } of rounds) {
      world.round(ofClaim, ofChildren);
      for (let tick = 0; tick < ticks; tick += 1) world.tick(upgrades);
    }
  }
}

/** Asks for something simple at last and waits until it is so. */
function settle(world: World): void {
  const running = world.children.get('control-plane')?.object;
  const version = minorKey(String(objectAt(running, 'spec').version));
  world.catalog = CATALOGUES['newer patches'];
  for (const zone of Object.keys(world.zones)) world.setZone(zone, true);
  const last = { instanceType: 's1.xlarge', minReplicas: 2, maxReplicas: 4, zones: ['geneva', 'gland'] };
  world.ask({ version, nodeGroups: { last } });
  for (let round = 0; round < 60; round += 1) {
    world.round();
    world.tick(true);
  }
  expect(accepted(world)).toBe(true);
  expect([...world.children.keys()].filter(name => name.startsWith('pool-'))).toEqual(['pool-last']);
  const pool = world.children.get('pool-last');
  if (!pool) throw new Error('no group');
  expect(
    boundsOf(pool)
      .map(([zone]) => zone)
      .sort(),
  ).toEqual(['geneva', 'gland']);
  const machines = machinesOf(world, pool);
  expect(machines.length).toBeGreaterThanOrEqual(2);
  expect(new Set(machines.map(machine => machine.version))).toEqual(new Set([world.reached]));
  expect(pool.composed.size).toBe(7);
  const releases = ['cilium', 'coredns', 'csi', 'metrics-server'];
  expect([...(world.children.get('addons')?.composed.keys() ?? [])].sort()).toEqual(releases);
  for (const composite of [world.claim, ...world.children.values()]) {
    expect(objectAt(composite.object, 'status')).not.toHaveProperty('leaving');
  }
}

test('whatever is asked and whatever fails on the way, no life harms a cluster, and each ends as asked', () => {
  fc.assert(
    fc.property(fc.array(stride, { minLength: 20, maxLength: 20 }), strides => {
      const world = born();
      live(world, strides);
      settle(world);
    }),
    { numRuns: 100, seed: 20261125 },
  );
  expect(REASONS.filter(reason => ![...told].some(line => reason.test(line)))).toEqual([]);
  expect([...told].filter(line => ![...REASONS, RARE].some(reason => reason.test(line)))).toEqual([]);
}, 300_000);

test('a group that came back while it left, and has to leave again, is kept until its machines are gone', () => {
  const world = born();
  const without = { ...FIRST, nodeGroups: {} };
  world.ask(without);
  world.round();
  // Nothing of it is left; before the claim's composite hears of it, the group is asked for again.
  world.round('none');
  world.ask(FIRST);
  world.round('whole', 'half');
  world.tick(false);
  world.ask(without);
  world.round('whole', 'none');
  world.round('whole', 'none');
  expect(world.children.has('pool-web')).toBe(true);
  for (let round = 0; round < 3; round += 1) world.round();
  expect(world.children.has('pool-web')).toBe(false);
});
