import { describe, expect, test } from 'vitest';
import { type Catalog, hikubeCatalog } from '../catalog/index.ts';
import { type ClusterPlan, planCluster } from './index.ts';
import { NOTHING_OBSERVED, type ObservedCluster } from './observed.ts';

/** A platform with a class and a disk of its own, and none of Hikube's classes. */
const OWN: Catalog = {
  ...hikubeCatalog,
  storageClasses: { 'fast-ssd': { replication: 'none', copies: 1 } },
  defaultStorageClass: 'fast-ssd',
  defaultNodeDisk: '40Gi',
  etcd: { ...hikubeCatalog.etcd, storageClass: 'fast-ssd' },
};
const BOTH: Catalog = { ...OWN, storageClasses: { ...OWN.storageClasses, ...hikubeCatalog.storageClasses } };
const GROUP = { instanceType: 's1.large' };

function plan(catalog: Catalog, spec: object, observed: ObservedCluster = NOTHING_OBSERVED): ClusterPlan {
  const cluster = { namespace: 'acme', name: 'shop' };
  return planCluster({
    cluster,
    requested: { nodeGroups: { web: GROUP }, ...spec },
    observed,
    catalog,
    now: new Date('2026-11-25'),
    reservations: { get: () => 'free' },
  });
}

/** What the children would be observed as once a plan is applied. */
function running({ children }: ClusterPlan): ObservedCluster {
  const { etcd, controlPlane, addons, pools } = children;
  return {
    ...(etcd && { etcd: { spec: etcd } }),
    ...(controlPlane && { controlPlane: { spec: controlPlane } }),
    ...(addons && { addons: { spec: addons } }),
    pools: Object.fromEntries(Object.entries(pools).map(([group, spec]) => [group, { spec }])),
  };
}

describe("the platform's defaults", () => {
  test('a claim that names no class and no disk gets those of the catalogue', () => {
    const { children, problems } = plan(OWN, {});
    expect(problems).toEqual([]);
    expect(children.controlPlane?.defaultStorageClass).toBe('fast-ssd');
    expect(children.pools.web?.disk).toEqual({ size: '40Gi', storageClass: 'fast-ssd' });
  });

  test.each([[{}], [{ storageClass: '' }]])(
    'a running cluster keeps its class with %j when the default changes',
    spec => {
      const before = running(plan(hikubeCatalog, {}));
      const { children, problems } = plan(BOTH, spec, before);
      expect(problems).toEqual([]);
      expect(children.controlPlane?.defaultStorageClass).toBe('replicated');
      expect(children.pools.web?.disk).toEqual({ size: '20Gi', storageClass: 'replicated' });
    },
  );

  test('a claim in which the API server once wrote the defaults down keeps running, also where both are gone', () => {
    const stored = { storageClass: 'replicated', nodeGroups: { web: { ...GROUP, ephemeralStorage: '20Gi' } } };
    const before = running(plan(hikubeCatalog, stored));
    for (const catalog of [BOTH, OWN]) {
      const { children, problems } = plan(catalog, stored, before);
      expect(problems).toEqual([]);
      expect(children.pools.web?.disk).toEqual({ size: '20Gi', storageClass: 'replicated' });
    }
  });

  test('a group that is new gets the default of today beside one that has the default of yesterday', () => {
    const before = running(plan(hikubeCatalog, {}));
    const { children } = plan(BOTH, { nodeGroups: { web: GROUP, new: GROUP } }, before);
    expect(children.pools.web?.disk.size).toBe('20Gi');
    expect(children.pools.new?.disk.size).toBe('40Gi');
  });
});
