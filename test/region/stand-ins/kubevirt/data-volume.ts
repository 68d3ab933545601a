import { type Controller, runController } from '../../controller.ts';
import { at, isObject, list, obj, str } from '../../json.ts';
import type { Kube, KubeObject } from '../../kube.ts';
import type { Log } from '../../log.ts';
import { DATA_VOLUME, PVC } from './kinds.ts';
import { ensure, ownedBy, writeStatus } from './objects.ts';

/** Stand-in for CDI: a DataVolume gets its claim, and is filled as soon as that is bound. */
export function startDataVolumes(kube: Kube, log: Log): Controller {
  return runController({
    name: 'data volumes',
    kube,
    log,
    watches: [
      { kind: DATA_VOLUME },
      // The claim of a DataVolume has its name.
      { kind: PVC, map: claim => [claim.metadata] },
    ],
    async reconcile({ name, namespace }) {
      const volume = await kube.get(DATA_VOLUME, name, namespace);
      if (!volume || volume.metadata.deletionTimestamp) return undefined;
      const filled = await fill(kube, volume);
      const succeeded = filled.phase === 'Succeeded';
      await writeStatus(kube, volume, {
        phase: filled.phase,
        claimName: name,
        ...(succeeded && { progress: '100.0%' }),
        conditions: [
          { type: 'Bound', status: filled.bound ? 'True' : 'False', reason: filled.reason, message: filled.message },
          { type: 'Ready', status: succeeded ? 'True' : 'False' },
          { type: 'Running', status: 'False', reason: succeeded ? 'Completed' : 'Pending' },
        ],
      });
      return filled.phase === 'Pending' ? { requeueAfterMs: PENDING_MS } : undefined;
    },
  });
}

const PENDING_MS = 2_000;

interface Filled {
  phase: 'Pending' | 'WaitForFirstConsumer' | 'Failed' | 'Succeeded';
  bound: boolean;
  reason: string;
  message: string;
}

async function fill(kube: Kube, volume: KubeObject): Promise<Filled> {
  const fault = sourceFault(volume.spec);
  if (fault) return { phase: 'Failed', bound: false, reason: 'ImportFailed', message: fault };
  const storageClass = await storageClassOf(kube, volume);
  if (typeof storageClass === 'string') {
    return { phase: 'Pending', bound: false, reason: 'ErrClaimNotValid', message: storageClass };
  }
  const claim = await ensure(kube, claimFor(volume, storageClass));
  if (str(at(claim, 'status', 'phase')) === 'Bound') {
    return { phase: 'Succeeded', bound: true, reason: 'Bound', message: `PVC ${claim.metadata.name} Bound` };
  }
  const waits = storageClass.volumeBindingMode === 'WaitForFirstConsumer';
  const message = `PVC ${claim.metadata.name} Pending`;
  return { phase: waits ? 'WaitForFirstConsumer' : 'Pending', bound: false, reason: 'Pending', message };
}

/** What is wrong with where the content comes from, or undefined. */
export function sourceFault(spec: unknown): string | undefined {
  if (isObject(at(spec, 'sourceRef'))) return undefined;
  const [kind, ...more] = Object.entries(obj(at(spec, 'source')));
  if (!kind || more.length > 0) return 'Data volume should have exactly one Source or a SourceRef';
  const [type, source] = kind;
  if (!['http', 'registry', 's3', 'gcs'].includes(type)) return undefined;
  const url = str(at(source, 'url')) ?? str(at(source, 'imageStream')) ?? '';
  if (url === '') return `${type} source requires a URL`;
  if (type === 'registry' && !/^(docker|oci-archive):\/\//.test(url)) {
    return `registry source URL ${url} must begin with docker:// or oci-archive://`;
  }
  return undefined;
}

/** The class asked for or the default one; a message when there is none. */
async function storageClassOf(kube: Kube, volume: KubeObject): Promise<KubeObject | string> {
  const name = str(at(storageOf(volume), 'storageClassName'));
  if (name !== undefined) {
    const found = await kube.get('storage.k8s.io/v1/StorageClass', name);
    return found ?? `storageclass.storage.k8s.io "${name}" not found`;
  }
  const classes = await kube.list('storage.k8s.io/v1/StorageClass');
  const standard = classes.find(
    entry => entry.metadata.annotations?.['storageclass.kubernetes.io/is-default-class'] === 'true',
  );
  return standard ?? 'PVC spec is missing accessMode and no storageClass to choose profile';
}

function storageOf(volume: KubeObject): unknown {
  return at(volume.spec, 'storage') ?? at(volume.spec, 'pvc');
}

/** Modes left open are chosen from the class's profile: for replicated block storage a shared block device. */
function claimFor(volume: KubeObject, storageClass: KubeObject): KubeObject {
  const { name, namespace, labels } = volume.metadata;
  const storage = storageOf(volume);
  const accessModes = list(at(storage, 'accessModes'));
  const shared = str(storageClass.provisioner) === 'linstor.csi.linbit.com';
  return {
    apiVersion: 'v1',
    kind: 'PersistentVolumeClaim',
    metadata: { name, namespace, ...(labels && { labels }), ownerReferences: [ownedBy(volume)] },
    spec: {
      storageClassName: storageClass.metadata.name,
      accessModes: accessModes.length > 0 ? accessModes : [shared ? 'ReadWriteMany' : 'ReadWriteOnce'],
      volumeMode: str(at(storage, 'volumeMode')) ?? (shared ? 'Block' : 'Filesystem'),
      resources: obj(at(storage, 'resources')),
    },
  };
}
