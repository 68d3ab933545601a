import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { NodePoolSpec } from '../../api/parts/node-pool.ts';
import { at } from '../../base/json.ts';
import type { KubeObject } from '../../base/object.ts';
import { renderNodePool as renderWith } from '../../render/node-pool/index.ts';
import { l40s, observedAs, pool, settledAfter, shop } from '../../render/node-pool/testing/pool.ts';
import { heldZones } from './index.ts';

type Observed = Map<string, KubeObject>;
const held = (spec: NodePoolSpec, observed: Observed) =>
  Object.fromEntries([...heldZones(shop, spec, observed)].map(([zone, { reason }]) => [zone, reason]));
const renderNodePool = (id: typeof shop, spec: NodePoolSpec, observed: Observed) =>
  renderWith(id, spec, observed, heldZones(id, spec, observed));
const templateOf = (objects: ReadonlyMap<string, KubeObject>, zone: string) =>
  at(objects.get(`deployment-${zone}`), 'spec', 'template');

/** What Crossplane observes after applying: rollouts have begun and none has ended. */
function applied(spec: NodePoolSpec, before: Observed): Observed {
  return new Map(
    [...renderNodePool(shop, spec, before)].map(([name, object]) => {
      const status = before.get(name)?.status;
      const replicas = at(before.get(name), 'spec', 'replicas');
      const kept = typeof replicas === 'number' ? observedAs(object, { replicas }, {}) : object;
      return [name, status === undefined ? kept : { ...kept, status }];
    }),
  );
}

/** The rollout of one zone has ended. */
function finish(observed: Observed, zone: string): Observed {
  const deployment = observed.get(`deployment-${zone}`);
  if (!deployment) throw new Error(`no deployment in ${zone}`);
  const replicas = Number(at(deployment, 'spec', 'replicas') ?? 1);
  const status = { observedGeneration: 1, replicas, readyReplicas: replicas, upToDateReplicas: replicas };
  return new Map(observed).set(`deployment-${zone}`, observedAs(deployment, {}, status));
}

function rolling(observed: Observed, zone: string): Observed {
  const deployment = observed.get(`deployment-${zone}`);
  if (!deployment) throw new Error(`no deployment in ${zone}`);
  return new Map(observed).set(`deployment-${zone}`, observedAs(deployment, {}, { replicas: 2, upToDateReplicas: 1 }));
}

describe('a lost zone', () => {
  const standing = settledAfter(renderNodePool(shop, pool(), new Map()));
  const newer = pool({ version: 'v1.35.6', image: 'example.com/node:v1.35.6', pausedZones: ['lucerne'] });

  test('keeps its nodes as they are while the others roll', () => {
    const rendered = renderNodePool(shop, newer, standing);
    expect(templateOf(rendered, 'lucerne')).toEqual(templateOf(standing, 'lucerne'));
    expect(templateOf(rendered, 'geneva')).not.toEqual(templateOf(standing, 'geneva'));
    expect(held(newer, standing)).toEqual({ lucerne: 'lucerne keeps its nodes until the zone is back' });
    for (const name of standing.keys()) expect(rendered.has(name)).toBe(true);
  });

  test('keeps what the autoscaler is told about its nodes', () => {
    const larger = pool({ machine: { cpu: 64, memory: '128Gi' }, pausedZones: ['lucerne'] });
    const annotations = (objects: ReadonlyMap<string, KubeObject>) =>
      objects.get('deployment-lucerne')?.metadata.annotations;
    expect(annotations(renderNodePool(shop, larger, standing))).toEqual(annotations(standing));
  });

  test('follows once it is back', () => {
    const { pausedZones: _, ...back } = newer;
    expect(held(back, applied(newer, standing))).toEqual({});
  });
});

describe('without spare nodes one zone follows another', () => {
  const rollout = { maxSurge: 0, maxUnavailable: 1, zonesInTurn: true };
  const before = pool({ gpus: l40s, rollout });
  const after = pool({ gpus: l40s, rollout, image: 'example.com/node:next' });
  const standing = settledAfter(renderNodePool(shop, before, new Map()));

  test('from the first to the last, each when the one before has settled', () => {
    expect(held(after, standing)).toEqual({ gland: 'gland follows geneva', lucerne: 'lucerne follows geneva' });
    const first = rolling(applied(after, standing), 'geneva');
    expect(held(after, first)).toEqual({ gland: 'gland follows geneva', lucerne: 'lucerne follows geneva' });
    const second = rolling(applied(after, finish(first, 'geneva')), 'gland');
    expect(held(after, second)).toEqual({ lucerne: 'lucerne follows gland' });
    const third = rolling(applied(after, finish(second, 'gland')), 'lucerne');
    expect(held(after, third)).toEqual({});
  });

  test('a new group comes up in all zones at once', () => {
    expect(held(before, new Map())).toEqual({});
  });

  test('a lost zone does not keep the others waiting', () => {
    const first = rolling(applied(after, standing), 'geneva');
    expect(held({ ...after, pausedZones: ['geneva'] }, first)).toEqual({ lucerne: 'lucerne follows gland' });
  });

  test('it takes one node away before it makes a new one', () => {
    const rendered = renderNodePool(shop, before, new Map());
    expect(at(rendered.get('deployment-geneva'), 'spec', 'rollout', 'strategy', 'rollingUpdate')).toEqual({
      maxSurge: 0,
      maxUnavailable: 1,
    });
  });
});

describe('never more than 40 objects', () => {
  test('the change that would be too much waits until older templates are gone', () => {
    let observed: Observed = settledAfter(renderNodePool(shop, pool(), new Map()));
    for (let change = 1; change <= 9; change += 1) {
      const spec = pool({ epoch: change });
      observed = applied(spec, observed);
      for (const zone of ['geneva', 'gland', 'lucerne']) observed = rolling(observed, zone);
      expect(observed.size).toBeLessThanOrEqual(40);
    }
    const last = pool({ epoch: 9 });
    expect(Object.values(held(last, observed))).toContain('lucerne waits for an earlier change');
    for (let round = 0; round < 3; round += 1) {
      for (const zone of ['geneva', 'gland', 'lucerne']) observed = finish(observed, zone);
      observed = applied(last, observed);
    }
    expect(held(last, observed)).toEqual({});
    for (const zone of ['geneva', 'gland', 'lucerne']) observed = finish(observed, zone);
    expect(renderNodePool(shop, last, observed).size).toBe(10);
  });

  test('whatever changes come, in however many zones, and nothing a machine is made of goes', () => {
    const zones = ['a', 'b', 'c', 'd', 'e', 'f', 'g', 'h'];
    const step = fc.record({
      zones: fc.subarray(zones, { minLength: 1 }),
      epoch: fc.nat(9),
      finished: fc.subarray(zones),
      paused: fc.subarray(zones, { maxLength: 2 }),
      inTurn: fc.boolean(),
    });
    fc.assert(
      fc.property(fc.array(step, { maxLength: 12 }), steps => {
        let observed: Observed = new Map();
        for (const { zones: group, epoch, finished, paused, inTurn } of steps) {
          const bounds = Object.fromEntries(group.map(zone => [zone, { min: 1, max: 1 }]));
          const rollout = { maxSurge: 0, maxUnavailable: 1, zonesInTurn: inTurn };
          const spec = pool({ zones: bounds, epoch, pausedZones: paused, rollout });
          const next = applied(spec, observed);
          expect(next.size).toBeLessThanOrEqual(40);
          for (const [name, object] of observed) {
            if (object.kind === 'MachineDeployment') expect(next.has(name)).toBe(true);
          }
          for (const object of next.values()) {
            const names = [...next.values()].map(({ metadata }) => metadata.name);
            const template = at(object, 'spec', 'template', 'spec', 'infrastructureRef', 'name');
            if (object.kind === 'MachineDeployment') expect(names).toContain(template);
          }
          observed = next;
          for (const zone of zones) {
            if (!observed.has(`deployment-${zone}`)) continue;
            observed = finished.includes(zone) ? finish(observed, zone) : rolling(observed, zone);
          }
        }
      }),
      { numRuns: 100 },
    );
  });
});

test('templates whose MachineDeployment is not seen stay', () => {
  const observed = settledAfter(renderNodePool(shop, pool(), new Map()));
  observed.delete('deployment-geneva');
  const rendered = renderNodePool(shop, pool({ epoch: 1, zones: { lucerne: { min: 1, max: 1 } } }), observed);
  for (const name of observed.keys()) if (name.includes('geneva')) expect(rendered.has(name)).toBe(true);
});
