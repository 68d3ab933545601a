import { expect, test } from 'vitest';
import { etcd as spec } from '../render/testing/shop.ts';
import { composeEtcd } from './etcd.ts';
import { allReady, childInput } from './testing/child.ts';
import { seen } from './testing/seen.ts';

const fresh = childInput('HikubeEtcd', spec);
const ready = allReady(composeEtcd, fresh);

test('a new etcd reports its members as wanted and says what it waits for', () => {
  const { status } = composeEtcd(fresh);
  expect(status).toMatchObject({ members: 3, readyMembers: 0 });
  expect(status.message).toMatch(/being created/);
});

test('members come once their certificates are issued, and stay when a certificate is renewed', () => {
  const first = composeEtcd(fresh);
  expect(first.desired.has('etcd')).toBe(false);
  expect(first.ready).toBe(false);
  const renewing = new Map(ready).set('server-certificate', { ...seen(ready, 'server-certificate'), status: {} });
  expect(composeEtcd(childInput('HikubeEtcd', spec, renewing)).desired.has('etcd')).toBe(true);
});

test('an etcd with all members waits for nothing', () => {
  const output = composeEtcd(childInput('HikubeEtcd', spec, ready));
  expect([...output.desired.values()].every(({ ready }) => ready)).toBe(true);
  expect(output.status).toEqual({ members: 3, readyMembers: 3 });
});

test('a retiring etcd leaves everything out and counts what is left', () => {
  const output = composeEtcd(childInput('HikubeEtcd', { ...spec, retire: true }, ready));
  expect(output.desired.size).toBe(0);
  expect(output.status).toEqual({
    composed: ready.size,
    leaving: [{ part: 'everything', reason: 'the claim asks for this part no more' }],
  });
});

test('a spec that cannot be read stops everything instead of rendering less', () => {
  const { zones: _, ...rest } = spec;
  expect(() => composeEtcd(childInput('HikubeEtcd', rest, ready))).toThrow(
    /cannot read HikubeEtcd shop: spec.zones: .*; nothing is changed/,
  );
});

test('what Crossplane keeps in a spec is passed over', () => {
  const withMachinery = { ...spec, crossplane: { compositionRef: { name: 'x' } } };
  expect(composeEtcd(childInput('HikubeEtcd', withMachinery, ready)).desired.size).toBe(ready.size);
});
