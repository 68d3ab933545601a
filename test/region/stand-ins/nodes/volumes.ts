import { mkdir, rm, writeFile } from 'node:fs/promises';
import { join, posix } from 'node:path';
import { at, list, obj, str, strings } from '../../json.ts';
import type { GVK, Kube, KubeObject } from '../../kube.ts';

/** A reason why a Pod's containers cannot be created yet, as the kubelet words it. */
export interface Blocked {
  reason: 'ContainerCreating' | 'CreateContainerConfigError';
  message: string;
}

/** The first volume or variable of the Pod that refers to nothing, or undefined when all are there. */
export async function findBlocked(kube: Kube, pod: KubeObject): Promise<Blocked | undefined> {
  const namespace = pod.metadata.namespace;
  for (const { kind, name, reason } of references(pod)) {
    const object = await kube.get(kind, name, namespace);
    if (!object) return { reason, message: `${kind.slice(kind.indexOf('/') + 1)} "${name}" not found` };
    if (kind === 'v1/PersistentVolumeClaim' && at(object, 'status', 'phase') !== 'Bound') {
      return { reason, message: `PersistentVolumeClaim "${name}" is not bound` };
    }
  }
  return undefined;
}

/**
 * Puts the Pod's volumes on disk and returns the way from a container's path to the machine's. Claims keep their
 * folder by volume name, so a Pod that comes back finds its data.
 */
export async function mountVolumes(kube: Pick<Kube, 'get'>, pod: KubeObject, dirs: { pod: string; volumes: string }) {
  const paths = new Map<string, string>();
  for (const volume of list(at(pod, 'spec', 'volumes'))) {
    const name = str(at(volume, 'name')) ?? '';
    paths.set(name, await mount(kube, pod, volume, join(dirs.pod, name), dirs.volumes));
  }
  return (container: string, path: string): string => {
    const mounts = list(at(pod, 'spec', 'containers')).filter(entry => at(entry, 'name') === container);
    const candidates = mounts
      .flatMap(entry => list(at(entry, 'volumeMounts')))
      .map(entry => ({
        at: str(at(entry, 'mountPath')) ?? '',
        volume: str(at(entry, 'name')) ?? '',
        within: str(at(entry, 'subPath')) ?? '',
      }))
      .filter(entry => path === entry.at || path.startsWith(`${entry.at}/`))
      .sort((one, other) => other.at.length - one.at.length);
    const best = candidates[0];
    const root = best && paths.get(best.volume);
    if (!best || !root) throw new Error(`cannot find ${path}: container ${container} mounts no volume there`);
    return join(root, best.within, posix.relative(best.at, path));
  };
}

async function mount(
  kube: Pick<Kube, 'get'>,
  pod: KubeObject,
  volume: unknown,
  own: string,
  volumes: string,
): Promise<string> {
  const claim = str(at(volume, 'persistentVolumeClaim', 'claimName'));
  if (claim) {
    const object = await kube.get('v1/PersistentVolumeClaim', claim, pod.metadata.namespace);
    const dir = join(volumes, str(at(object, 'spec', 'volumeName')) ?? `${pod.metadata.namespace}-${claim}`);
    await mkdir(dir, { recursive: true, mode: 0o700 });
    return dir;
  }
  await rm(own, { recursive: true, force: true });
  await mkdir(own, { recursive: true, mode: 0o700 });
  for (const source of [volume, ...list(at(volume, 'projected', 'sources'))]) await project(kube, pod, source, own);
  return own;
}

async function project(kube: Pick<Kube, 'get'>, pod: KubeObject, source: unknown, dir: string): Promise<void> {
  const secret = str(at(source, 'secret', 'secretName')) ?? str(at(source, 'secret', 'name'));
  const configMap = str(at(source, 'configMap', 'name'));
  if (!secret && !configMap) return;
  const [kind, name] = secret ? (['v1/Secret', secret] as const) : (['v1/ConfigMap', configMap ?? ''] as const);
  const data = strings((await kube.get(kind, name, pod.metadata.namespace))?.data);
  const items = list(at(source, secret ? 'secret' : 'configMap', 'items'));
  for (const [key, value] of Object.entries(data)) {
    const item = items.find(entry => at(entry, 'key') === key);
    if (items.length > 0 && !item) continue;
    const file = join(dir, str(at(item, 'path')) ?? key);
    await mkdir(join(file, '..'), { recursive: true });
    await writeFile(file, Buffer.from(value, secret ? 'base64' : 'utf8'), { mode: 0o600 });
  }
}

interface Reference {
  kind: GVK;
  name: string;
  reason: Blocked['reason'];
}

function references(pod: KubeObject): Reference[] {
  const volumes = list(at(pod, 'spec', 'volumes')).flatMap(volume => [
    volume,
    ...list(at(volume, 'projected', 'sources')),
  ]);
  const containers = [...list(at(pod, 'spec', 'initContainers')), ...list(at(pod, 'spec', 'containers'))];
  const variables = containers.flatMap(container => [
    ...list(at(container, 'env')).map(entry => obj(at(entry, 'valueFrom'))),
    ...list(at(container, 'envFrom')),
  ]);
  return [
    ...volumes.flatMap(volume => [
      ...reference('v1/Secret', at(volume, 'secret'), 'ContainerCreating'),
      ...reference('v1/ConfigMap', at(volume, 'configMap'), 'ContainerCreating'),
      ...reference('v1/PersistentVolumeClaim', at(volume, 'persistentVolumeClaim'), 'ContainerCreating'),
    ]),
    ...variables.flatMap(from => [
      ...reference('v1/Secret', at(from, 'secretKeyRef') ?? at(from, 'secretRef'), 'CreateContainerConfigError'),
      ...reference(
        'v1/ConfigMap',
        at(from, 'configMapKeyRef') ?? at(from, 'configMapRef'),
        'CreateContainerConfigError',
      ),
    ]),
  ];
}

function reference(kind: GVK, from: unknown, reason: Blocked['reason']): Reference[] {
  const name = str(at(from, 'secretName')) ?? str(at(from, 'claimName')) ?? str(at(from, 'name'));
  return name === undefined || at(from, 'optional') === true ? [] : [{ kind, name, reason }];
}
