import type { EtcdSpec } from '../../api/parts/etcd.ts';
import type { ClusterId } from '../../base/names.ts';
import type { Catalog } from '../../catalog/index.ts';

/**
 * Resolves etcd. Once it stands it stays as it was let through: its operator neither moves members nor changes storage,
 * version or TLS in place, and a cluster's data is not a thing to try that on.
 */
export function planEtcd(
  cluster: ClusterId,
  zones: string[],
  catalog: Catalog,
  observed: EtcdSpec | undefined,
): EtcdSpec {
  if (observed) return observed;
  const { version, size, storageClass, resources } = catalog.etcd;
  return { cluster: cluster.name, version, zones, storage: { size, storageClass }, resources };
}
