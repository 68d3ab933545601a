import type { EtcdSpec } from '../../api/parts/etcd.ts';
import { numberAt } from '../../base/json.ts';
import { CLUSTER_LABEL } from '../../base/labels.ts';
import { type ClusterId, names } from '../../base/names.ts';
import type { KubeObject } from '../../base/object.ts';
import { parseQuantity } from '../../base/quantity.ts';
import { metadataOf } from '../metadata.ts';
import { inZones, sized, spreadOverZones } from '../placement.ts';
import { etcdNames } from './names.ts';

/** Label the operator puts on members. */
export const ETCD_MEMBER_LABEL = 'etcd-operator.cozystack.io/cluster';

/**
 * etcd with one member in each zone. As many domains are demanded as there are zones, so that a member whose zone is
 * lost waits for it instead of joining another one, where the next loss would take the quorum (H07). Members so never
 * share a host either.
 */
export function etcdCluster(id: ClusterId, spec: EtcdSpec, observed?: KubeObject): KubeObject {
  const name = names.etcd(id);
  return {
    apiVersion: 'etcd-operator.cozystack.io/v1alpha2',
    kind: 'EtcdCluster',
    metadata: metadataOf(id, name),
    spec: {
      replicas: spec.zones.length,
      version: spec.version,
      storage: { size: spec.storage.size, storageClassName: spec.storage.storageClass },
      resources: sized(spec.resources),
      options: {
        quotaBackendBytes: observedQuota(observed) ?? quotaFor(spec.storage.size),
        autoCompactionMode: 'periodic',
        autoCompactionRetention: '5m',
        snapshotCount: 10000,
      },
      affinity: inZones(spec.zones),
      topologySpreadConstraints: [spreadOverZones({ [ETCD_MEMBER_LABEL]: name }, { minDomains: spec.zones.length })],
      additionalMetadata: { labels: { [CLUSTER_LABEL]: id.name } },
      tls: {
        client: {
          serverSecretRef: { name: etcdNames.server(id) },
          operatorClientSecretRef: { name: etcdNames.client(id) },
        },
        peer: { secretRef: { name: etcdNames.peer(id) } },
      },
    },
  };
}

/** Share of a volume that the file system takes. */
const FILE_SYSTEM_SHARE = 0.05;
/** Files of the write-ahead log that etcd keeps, and the size of each. */
const LOG_BYTES = 5 * 64 * 2 ** 20;

/**
 * How large the database may become before etcd refuses writes: half of what the log leaves of the volume, because
 * compacting it to its real size (defragmentation) writes a second copy beside the first.
 */
function quotaFor(size: string): number {
  const bytes = parseQuantity(size) ?? 0;
  return Math.floor(Math.max(bytes / 4, (bytes * (1 - FILE_SYSTEM_SHARE) - LOG_BYTES) / 2));
}

/** The quota of an etcd that stands: a smaller one could lie below what it holds, and stop it. */
function observedQuota(observed: KubeObject | undefined): number | undefined {
  return numberAt(observed, 'spec', 'options', 'quotaBackendBytes');
}
