import { expect, test } from 'vitest';
import { type Catalog, hikubeCatalog } from '../../../catalog/index.ts';
import { observedAs, planOf } from '../../testing/plan.ts';
import { heldBy, step } from '../testing/facts.ts';

const before = planOf({});
const observed = observedAs(before);
const newer = (etcd: Partial<Catalog['etcd']>): Catalog => ({
  ...hikubeCatalog,
  etcd: { ...hikubeCatalog.etcd, ...etcd },
});

test.each<[string, Partial<Catalog['etcd']>]>([
  ['a newer version', { version: '9.9.9' }],
  ['another volume', { size: '99Gi' }],
  ['another class', { storageClass: 'replicated' }],
  ['other resources', { resources: { cpu: '9', memory: '9Gi' } }],
])('a running etcd stays as it was made when the catalogue has %s, and the tenant is told', (_, etcd) => {
  const plan = planOf({}, { observed, catalog: newer(etcd) });
  expect(plan.children.etcd).toEqual(before.children.etcd);
  expect(plan.pending).toMatchObject([{ code: 'EtcdStands', part: 'etcd' }]);
});

test('a new cluster gets the new etcd, and nothing is held back of one that has it', () => {
  expect(planOf({}, { catalog: newer({ version: '9.9.9' }) }).children.etcd?.version).toBe('9.9.9');
  expect(planOf({}, { observed }).pending).toEqual([]);
});

test('fields that a newer function wrote are no difference', () => {
  const spec = { ...before.children.etcd, tomorrow: true };
  const etcd = observed.etcd && { ...observed.etcd, spec: { ...observed.etcd.spec, ...spec } };
  const plan = planOf({}, { observed: { ...observed, ...(etcd ? { etcd } : {}) } });
  expect(plan.pending).toEqual([]);
  expect(plan.children.etcd).toHaveProperty('tomorrow', true);
});

test('it is held as a step whatever else is seen', () => {
  expect(heldBy(step({ kind: 'etcd' }, 'etcd'))).toBe('EtcdStands');
});
