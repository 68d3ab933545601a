import type { JsonObject } from '../../base/json.ts';
import { hikubeCatalog } from '../../catalog/index.ts';
import { planCluster } from '../index.ts';
import { NOTHING_OBSERVED, type ObservedCluster } from '../observed.ts';
import type { ClusterPlan, PlanInput } from '../types.ts';

/** Plans the cluster `shop` in namespace `acme`, all of whose names are reserved for it unless a test says otherwise. */
export function planOf(requested: JsonObject, given: Partial<PlanInput> = {}): ClusterPlan {
  return planCluster({
    cluster: { namespace: 'acme', name: 'shop' },
    requested,
    observed: NOTHING_OBSERVED,
    catalog: hikubeCatalog,
    now: new Date('2026-11-25T12:00:00Z'),
    reservations: { get: () => 'ours' },
    ...given,
  });
}

/** What is observed once everything a plan wants is there and ready, its control plane at the version it was given. */
export function observedAs({ children }: Pick<ClusterPlan, 'children'>): ObservedCluster {
  const { etcd, controlPlane, addons, pools } = children;
  return {
    ...(etcd ? { etcd: { spec: etcd, ready: true }, dataStore: { name: 'store', ready: true } } : {}),
    ...(controlPlane
      ? { controlPlane: { spec: controlPlane, status: { version: controlPlane.version, initialized: true } } }
      : {}),
    ...(addons ? { addons: { spec: addons } } : {}),
    usages: ['usage-etcd', 'usage-namespace'],
    pools: Object.fromEntries(
      Object.entries(pools).map(([group, spec]) => {
        const zones = Object.entries(spec.zones).map(([zone, { min }]) => [
          zone,
          { desired: min, ready: min, standing: min },
        ]);
        return [group, { spec, status: { gpuNodes: spec.gpus !== undefined, zones: Object.fromEntries(zones) } }];
      }),
    ),
  };
}

/** The same cluster with a control plane that has answered, and reports this version, or none. */
export function reaching(observed: ObservedCluster, version: string | undefined): ObservedCluster {
  const { controlPlane } = observed;
  const status = { version, initialized: true };
  return { ...observed, ...(controlPlane ? { controlPlane: { spec: controlPlane.spec, status } } : {}) };
}
