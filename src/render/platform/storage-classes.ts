import type { PlatformSpec } from '../../api/platform.ts';
import { TOPOLOGY_ZONE_LABEL } from '../../base/labels.ts';
import type { KubeObject } from '../../base/object.ts';
import { present } from '../../base/present.ts';
import type { Catalog } from '../../catalog/index.ts';

type StorageClass = Catalog['storageClasses'][string];

const PROVISIONER = 'linstor.csi.linbit.com';

/**
 * A platform storage class on LINSTOR. Every class lets nodes elsewhere reach the volume, because the KubeVirt CSI
 * driver knows no topology: a machine may land where no copy lies (decision local-is-reachable).
 */
export function storageClass(name: string, offer: StorageClass, pools: PlatformSpec['storagePools']): KubeObject {
  return {
    apiVersion: 'storage.k8s.io/v1',
    kind: 'StorageClass',
    metadata: { name },
    provisioner: PROVISIONER,
    reclaimPolicy: 'Delete',
    allowVolumeExpansion: true,
    volumeBindingMode: 'WaitForFirstConsumer',
    parameters: present({
      'linstor.csi.linbit.com/storagePool': offer.replication === 'none' ? pools.local : pools.replicated,
      'linstor.csi.linbit.com/placementCount': String(offer.copies),
      'linstor.csi.linbit.com/layerList': 'drbd storage',
      'linstor.csi.linbit.com/allowRemoteVolumeAccess': 'true',
      'linstor.csi.linbit.com/replicasOnDifferent': offer.copies > 1 ? TOPOLOGY_ZONE_LABEL : undefined,
      ...replication(offer),
    }),
  };
}

/** DRBD's behaviour when copies lose each other: hold I/O rather than lose or fork data. */
function replication({ replication: mode }: StorageClass): Record<string, string> {
  if (mode === 'none') return {};
  return {
    'property.linstor.csi.linbit.com/DrbdOptions/auto-quorum': 'suspend-io',
    'property.linstor.csi.linbit.com/DrbdOptions/Resource/on-no-data-accessible': 'suspend-io',
    'property.linstor.csi.linbit.com/DrbdOptions/Resource/on-suspended-primary-outdated': 'force-secondary',
    'property.linstor.csi.linbit.com/DrbdOptions/Net/rr-conflict': 'retry-connect',
    'property.linstor.csi.linbit.com/DrbdOptions/Net/protocol': mode === 'synchronous' ? 'C' : 'A',
  };
}
