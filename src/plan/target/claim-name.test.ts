import { expect, test } from 'vitest';
import { hikubeCatalog } from '../../catalog/index.ts';
import { planCluster } from '../index.ts';
import { NOTHING_OBSERVED, type ObservedCluster } from '../observed.ts';

const planned = (name: string, observed: ObservedCluster = NOTHING_OBSERVED, replicas = 3) =>
  planCluster({
    cluster: { namespace: 'acme', name },
    requested: { controlPlane: { replicas }, nodeGroups: { web: { instanceType: 's1.large' } } },
    observed,
    catalog: hikubeCatalog,
    now: new Date('2026-11-25T00:00:00Z'),
    reservations: { get: () => 'ours' },
  });

test.each([
  ['shop-admin', '-admin'],
  ['shop-konnectivity', '-konnectivity'],
  ['shop-etcd-3f9a1c', '-etcd-3f9a1c'],
  ['shop-etcd-3f9a1c-client', '-etcd-3f9a1c-client'],
])('a claim %s is refused for its ending', (name, ending) => {
  const { accepted, problems } = planned(name);
  expect(accepted).toBe(false);
  expect(problems).toEqual([
    {
      code: 'InvalidName',
      path: 'metadata.name',
      message: `the cluster ${name} shares names of its objects with a cluster shop`,
      remedy: `use a name that does not end in ${ending}`,
    },
  ]);
});

test('a cluster that already has such a name runs on, may change, and is told', () => {
  const controlPlane = planned('shop').children.controlPlane;
  if (!controlPlane) throw new Error('cannot run a cluster without a control plane');
  const running: ObservedCluster = { controlPlane: { spec: { ...controlPlane, cluster: 'shop-admin' } }, pools: {} };
  const { accepted, warnings, children } = planned('shop-admin', running, 5);
  expect(accepted).toBe(true);
  expect(children.controlPlane?.replicas).toBe(5);
  expect(warnings.map(({ code, path }) => `${code} at ${path}`)).toContain('SharedNames at metadata.name');
});
