import { describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import type { KubeObject } from '../base/object.ts';
import { hikubeCatalog } from '../catalog/index.ts';
import { appliedObjects } from './applied.ts';
import { simulate } from './index.ts';

describe('a simulated claim', () => {
  const composites = simulate(claim('demo', 'acme'), hikubeCatalog);

  test('is ready in every part', () => {
    const unready = composites.flatMap(({ output }) =>
      [...output.desired].filter(([, desired]) => !desired.ready).map(([name]) => name),
    );
    expect(unready).toEqual([]);
    expect(composites[0]?.output.conditions.filter(condition => condition.status !== 'True')).toEqual([]);
  });

  test('comes as its composite, then every child, parents first', () => {
    expect(composites.map(({ kind }) => kind)).toEqual([
      'XHikubeCluster',
      'HikubeEtcd',
      'HikubeControlPlane',
      'HikubeNodePool',
      'HikubeAddons',
    ]);
  });

  test('has seen what it composes: the last call saw every object it asks for', () => {
    for (const { input, output } of composites) {
      expect([...input.observed.keys()].toSorted()).toEqual([...output.desired.keys()].toSorted());
    }
  });

  test('has its host reserved and used', () => {
    const controlPlane = composites.flatMap(appliedObjects).find(object => object.kind === 'HikubeControlPlane');
    expect(controlPlane?.spec).toMatchObject({ endpoint: { host: 'demo.acme.k8s.hikube.cloud' } });
  });

  test('stays below the number of objects an XR may compose (decision forty-objects)', () => {
    for (const { output } of composites) expect(output.desired.size).toBeLessThanOrEqual(40);
  });

  test('is the same every time', () => {
    const again = simulate(claim('demo', 'acme'), hikubeCatalog);
    expect(again.flatMap(appliedObjects)).toEqual(composites.flatMap(appliedObjects));
  });

  test('lets no placeholder of the composite into what is applied', () => {
    const [root] = composites;
    const text = JSON.stringify(composites.flatMap(appliedObjects));
    expect(text).not.toContain('xxxxx');
    expect(text).not.toContain(String(root?.input.composite.metadata.uid));
  });
});

test.each([
  [
    ['a', 'b-c'],
    ['a-b', 'c'],
  ],
  [
    ['acme', 'demo'],
    ['beta', 'demo'],
  ],
  [
    ['acme', 'demo'],
    ['acme', 'demo-2'],
  ],
])('claims %j and %j share no object (H92)', (one, other) => {
  const keys = ([namespace = '', name = '']: string[]) =>
    simulate(claim(name, namespace), hikubeCatalog).flatMap(appliedObjects).map(keyOf);
  const taken = new Set(keys(other));
  expect(keys(one).filter(key => taken.has(key))).toEqual([]);
});

test('a claim with sixteen groups in three zones keeps every XR below 40 objects', () => {
  const groups = Array.from({ length: 16 }, (_, index) => [
    `group-${index}`,
    { instanceType: 's1.large', minReplicas: 3 },
  ]);
  const composites = simulate(claim('large', 'acme', { nodeGroups: Object.fromEntries(groups) }), hikubeCatalog);
  expect(Math.max(...composites.map(({ output }) => output.desired.size))).toBeLessThanOrEqual(40);
});

function keyOf({ apiVersion, kind, metadata }: KubeObject): string {
  return [apiVersion, kind, metadata.namespace, metadata.name].join('/');
}

function claim(
  name: string,
  namespace: string,
  spec: object = { nodeGroups: { web: { instanceType: 's1.large', minReplicas: 2 } } },
): KubeObject {
  return parse(
    JSON.stringify({ apiVersion: 'hikube.cloud/v1alpha1', kind: 'HikubeCluster', metadata: { name, namespace }, spec }),
  );
}
