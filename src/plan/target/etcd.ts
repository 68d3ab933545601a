import type { EtcdSpec } from '../../api/parts/etcd.ts';
import type { ClusterId } from '../../base/names.ts';
import type { Catalog } from '../../catalog/index.ts';

/** Resolves etcd: what the catalogue has today, in the zones of the cluster. */
export function planEtcd(
  cluster: ClusterId,
  zones: string[],
  catalog: Catalog,
  accepted: EtcdSpec | undefined,
): EtcdSpec {
  const { version, size, storageClass, resources } = catalog.etcd;
  return { ...accepted, cluster: cluster.name, version, zones, storage: { size, storageClass }, resources };
}
