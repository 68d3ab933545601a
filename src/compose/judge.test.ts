import { expect, test } from 'vitest';
import type { KubeObject } from '../base/object.ts';
import { withReadyStatus } from '../readiness/index.ts';
import { renderEtcd } from '../render/etcd/index.ts';
import { etcd, pick, shop } from '../render/testing/shop.ts';
import { clusterIdOf, explain, judge } from './judge.ts';

const rendered = renderEtcd(shop, etcd);
const all = new Map([...rendered].map(([name, object]) => [name, withReadyStatus(object)]));

test('what is not observed is wanted but not ready', () => {
  const { desired, missing } = judge(rendered, new Map());
  expect([...desired.keys()]).toEqual([...rendered.keys()]);
  expect([...desired.values()].every(({ ready }) => !ready)).toBe(true);
  expect(missing).toContain('etcd cluster: being created');
});

test('what is observed ready is ready, and nothing is left to explain', () => {
  const judged = judge(rendered, all);
  expect([...judged.desired.values()].every(({ ready }) => ready)).toBe(true);
  expect(explain(judged)).toBeUndefined();
});

test('a desired object is the rendered one, never the observed one', () => {
  expect(judge(rendered, all).desired.get('etcd')?.object).toBe(rendered.get('etcd'));
});

test('an observed object says what it waits for', () => {
  const members = { ...pick(rendered, 'etcd'), status: { readyMembers: 2 } };
  expect(explain(judge(rendered, new Map([...all, ['etcd', members]])))).toBe('etcd cluster: 2 of 3 members ready');
});

test('objects that are not there yet are not named one by one', () => {
  expect(explain(judge(rendered, new Map()))).toBe('being created');
  const one = new Map([['etcd', pick(rendered, 'etcd')]]);
  expect(explain(judge(rendered, one))).toBe('etcd cluster: 0 of 3 members ready');
});

test('one thing at a time is told, failures first', () => {
  expect(explain({ failed: ['d', 'e'], waiting: ['a', 'b'], missing: [] })).toBe('d');
  expect(explain({ failed: [], waiting: ['a', 'b'], missing: [] })).toBe('a');
});

test('a child outside a namespace belongs to no claim', () => {
  const composite: KubeObject = { apiVersion: 'hikube.cloud/v1alpha1', kind: 'HikubeEtcd', metadata: { name: 'x' } };
  expect(() => clusterIdOf(composite, { cluster: 'shop' })).toThrow('cannot compose HikubeEtcd x: it has no namespace');
});
