import type { EtcdSpec } from '../../api/children/etcd.ts';
import { type ClusterId, names } from '../../api/names.ts';
import type { KubeObject } from '../../api/object.ts';
import { parseQuantity } from '../../api/quantity.ts';
import { CLUSTER_LABEL, metadataOf } from '../metadata.ts';
import { inZones, sized, spreadOverZones } from '../placement.ts';
import { etcdNames } from './names.ts';

/** Label the operator puts on members. */
const MEMBER_LABEL = 'etcd-operator.cozystack.io/cluster';

/** Share of the volume etcd may fill before it refuses writes; the rest is for its log and for snapshots. */
const QUOTA_SHARE = 0.95;

/**
 * etcd with one member in each zone. As many domains are demanded as there are zones, so that a member whose zone is
 * lost waits for it instead of joining another one, where the next loss would take the quorum (H07).
 */
export function etcdCluster(id: ClusterId, spec: EtcdSpec): KubeObject {
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
        quotaBackendBytes: Math.floor((parseQuantity(spec.storage.size) ?? 0) * QUOTA_SHARE),
        autoCompactionMode: 'periodic',
        autoCompactionRetention: '5m',
        snapshotCount: 10000,
      },
      affinity: inZones(spec.zones),
      topologySpreadConstraints: [spreadOverZones({ [MEMBER_LABEL]: name }, { minDomains: spec.zones.length })],
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
