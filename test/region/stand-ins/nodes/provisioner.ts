import { type Controller, runController } from '../../controller.ts';
import { at, list, str, strings } from '../../json.ts';
import type { Kube, KubeObject } from '../../kube.ts';
import type { Log } from '../../log.ts';

/**
 * Stand-in for the storage driver's provisioner: gives a claim its volume once the real volume controller asks for
 * it, which it does only when the class exists and, for `WaitForFirstConsumer`, the scheduler has chosen a node.
 */
export function startProvisioner(kube: Kube, log: Log): Controller {
  return runController({
    name: 'provisioner',
    kube,
    log,
    watches: [
      { kind: 'v1/PersistentVolumeClaim' },
      { kind: 'v1/PersistentVolume', map: volume => [{ name: volume.metadata.name }] },
    ],
    reconcile: ({ namespace, name }) => (namespace ? provision(kube, namespace, name) : reclaim(kube, name)),
  });
}

async function provision(kube: Kube, namespace: string, name: string): Promise<void> {
  const claim = await kube.get('v1/PersistentVolumeClaim', name, namespace);
  const driver = claim?.metadata.annotations?.['volume.kubernetes.io/storage-provisioner'];
  if (!claim || !driver || claim.metadata.deletionTimestamp || at(claim, 'status', 'phase') === 'Bound') return;
  if (at(claim, 'spec', 'volumeName') !== undefined) return;
  const storageClass = await kube.get(
    'storage.k8s.io/v1/StorageClass',
    str(at(claim, 'spec', 'storageClassName')) ?? '',
  );
  if (!storageClass) return;
  const volume = volumeFor(claim, storageClass, driver);
  if (!(await kube.get('v1/PersistentVolume', volume.metadata.name))) await kube.create(volume);
}

/** The volume of a claim; pure. A class that forbids remote access pins it to the node the scheduler chose. */
export function volumeFor(claim: KubeObject, storageClass: KubeObject, driver: string): KubeObject {
  const node = claim.metadata.annotations?.['volume.kubernetes.io/selected-node'];
  const parameters = strings(storageClass.parameters);
  const remote = parameters['linstor.csi.linbit.com/allowRemoteVolumeAccess'] ?? parameters.allowRemoteVolumeAccess;
  const hostname = { key: 'kubernetes.io/hostname', operator: 'In', values: [node] };
  const name = `pvc-${claim.metadata.uid}`;
  return {
    apiVersion: 'v1',
    kind: 'PersistentVolume',
    metadata: { name, annotations: { 'pv.kubernetes.io/provisioned-by': driver } },
    spec: {
      capacity: { storage: at(claim, 'spec', 'resources', 'requests', 'storage') },
      accessModes: list(at(claim, 'spec', 'accessModes')),
      volumeMode: str(at(claim, 'spec', 'volumeMode')) ?? 'Filesystem',
      storageClassName: storageClass.metadata.name,
      persistentVolumeReclaimPolicy: str(storageClass.reclaimPolicy) ?? 'Delete',
      claimRef: {
        apiVersion: 'v1',
        kind: 'PersistentVolumeClaim',
        namespace: claim.metadata.namespace,
        name: claim.metadata.name,
        uid: claim.metadata.uid,
      },
      csi: { driver, volumeHandle: name },
      ...(node &&
        remote === 'false' && {
          nodeAffinity: { required: { nodeSelectorTerms: [{ matchExpressions: [hostname] }] } },
        }),
    },
  };
}

async function reclaim(kube: Kube, name: string): Promise<void> {
  const volume = await kube.get('v1/PersistentVolume', name);
  if (!volume?.metadata.annotations?.['pv.kubernetes.io/provisioned-by']) return;
  const released = at(volume, 'status', 'phase') === 'Released' || at(volume, 'status', 'phase') === 'Failed';
  if (released && at(volume, 'spec', 'persistentVolumeReclaimPolicy') === 'Delete') {
    await kube.delete('v1/PersistentVolume', name);
  }
}
