import { expect, test } from 'vitest';
import type { KubeObject } from '../../base/object.ts';
import { hikubeCatalog } from '../../catalog/index.ts';
import { l40s, observedAs, pool, settledAfter } from '../../render/node-pool/testing/pool.ts';
import { composers } from '../index.ts';
import { ComposeError } from '../types.ts';

function compose(spec: KubeObject['spec'], observed: ReadonlyMap<string, KubeObject> = new Map()) {
  const composite: KubeObject = {
    apiVersion: 'hikube.cloud/v1alpha1',
    kind: 'HikubeNodePool',
    metadata: { name: 'shop-pool-web-1', namespace: 'acme' },
    ...(spec === undefined ? {} : { spec }),
  };
  return composers.HikubeNodePool({
    composite,
    observed,
    required: new Map(),
    catalog: hikubeCatalog,
    now: new Date(0),
  });
}

function afterReady(spec = pool()) {
  const objects = new Map([...compose(spec).desired].map(([name, { object }]) => [name, object]));
  return settledAfter(objects);
}

test('before anything is there the pool wants its minimum and says what it waits for', () => {
  const { status, desired } = compose(pool());
  expect(status).toMatchObject({ desired: 2, ready: 0, upToDate: 0 });
  expect(status.message).toBe('being created');
  expect([...desired.values()].every(({ ready }) => !ready)).toBe(true);
});

test('a settled pool counts its nodes by zone and has no message', () => {
  const { status, desired } = compose(pool(), afterReady());
  expect(status).toEqual({
    desired: 2,
    ready: 2,
    upToDate: 2,
    gpuNodes: false,
    zones: {
      geneva: { min: 1, max: 4, desired: 1, ready: 1, standing: 1 },
      gland: { min: 0, max: 3, desired: 0, ready: 0, standing: 0 },
      lucerne: { min: 1, max: 3, desired: 1, ready: 1, standing: 1 },
    },
  });
  expect([...desired.values()].every(({ ready }) => ready)).toBe(true);
});

test('nodes of a zone the pool has left still count until they are gone', () => {
  const observed = afterReady();
  const { status } = compose(pool({ zones: { geneva: { min: 1, max: 4 } } }), observed);
  expect(status).toMatchObject({ zones: { lucerne: { min: 0, max: 0, desired: 1, ready: 1 } } });
});

test('what the autoscaler added counts as wanted', () => {
  const observed = afterReady();
  const geneva = observed.get('deployment-geneva');
  if (!geneva) throw new Error('no deployment');
  observed.set('deployment-geneva', observedAs(geneva, { replicas: 4 }, { replicas: 4, readyReplicas: 2 }));
  expect(compose(pool(), observed).status).toMatchObject({ desired: 5, ready: 3 });
});

test('a lost status is not read as no machines: its counts stay out, and nothing of the zone goes', () => {
  const observed = afterReady();
  const lucerne = observed.get('deployment-lucerne');
  if (!lucerne) throw new Error('no deployment');
  const { status: _, ...lost } = observedAs(lucerne, { replicas: 0 }, {});
  observed.set('deployment-lucerne', lost);
  const left = { zones: { geneva: { min: 1, max: 4 }, gland: { min: 0, max: 3 } } };
  const { status, desired } = compose(pool(left), observed);
  expect(status).toMatchObject({ zones: { lucerne: { min: 0, max: 0, desired: 0 } } });
  expect(status).not.toHaveProperty('zones.lucerne.standing');
  expect([...desired.keys()].sort()).toEqual([...observed.keys()].sort());
});

test('a MachineDeployment that is not seen says nothing about its nodes', () => {
  expect(compose(pool()).status).toMatchObject({ zones: { geneva: { min: 1, max: 4 } } });
  expect(compose(pool()).status).not.toHaveProperty('zones.geneva.desired');
  const none = pool({ zones: { geneva: { min: 0, max: 0 } } });
  expect(compose(none).status).toMatchObject({ zones: { geneva: { desired: 0, standing: 0 } } });
});

test('a retiring pool leaves everything out and reports what is left', () => {
  const observed = afterReady();
  const { desired, status } = compose({ ...pool(), retire: true }, observed);
  expect(desired.size).toBe(0);
  expect(status).toEqual({
    composed: observed.size,
    leaving: [{ part: 'everything', reason: 'the claim asks for this part no more' }],
  });
});

test('a group whose GPUs were taken out has nodes with GPUs until the last one is replaced', () => {
  const before = afterReady(pool({ gpus: l40s }));
  const without = pool();
  const first = compose(without, before);
  expect(first.status.gpuNodes).toBe(true);
  const rolling = new Map(before);
  for (const [name, { object }] of first.desired) if (!before.has(name)) rolling.set(name, object);
  expect(compose(without, rolling).status.gpuNodes).toBe(true);
  const settled = settledAfter(new Map([...first.desired].map(([name, { object }]) => [name, object])));
  const left = new Map([...settled].filter(([name]) => compose(without, settled).desired.has(name)));
  expect(compose(without, left).status.gpuNodes).toBe(false);
});

test('what is left is told with the generation of the spec it was counted for', () => {
  const composite: KubeObject = {
    apiVersion: 'hikube.cloud/v1alpha1',
    kind: 'HikubeNodePool',
    metadata: { name: 'shop-pool-web-1', namespace: 'acme', generation: 7 },
    spec: { ...pool(), retire: true },
  };
  const input = { composite, observed: new Map(), required: new Map(), catalog: hikubeCatalog, now: new Date(0) };
  expect(composers.HikubeNodePool(input).status).toEqual({ composed: 0, composedAt: 7 });
});

test('a spec that cannot be read is fatal, so that nothing is deleted', () => {
  expect(() => compose({ ...pool(), machine: 'large' })).toThrow(ComposeError);
});
