import { isObject, type Json, type JsonObject, stringAt } from '../../../src/base/json.ts';
import type { KubeObject } from '../../../src/base/object.ts';
import { placesWithin } from './places.ts';
import type { ObjectLaw } from './types.ts';

interface ListMap {
  /** What tells the items of the list apart. */
  key: (item: unknown) => string;
  /** As many as the kind takes. */
  most?: number;
}

const by =
  (...names: string[]) =>
  (item: unknown) =>
    JSON.stringify(names.map(name => (isObject(item) ? item[name] : undefined) ?? null));
const itself = (item: unknown) => JSON.stringify(item);

/** Lists by name that Kubernetes, KubeVirt and Cluster API read as maps or sets, wherever they stand. Tolerations are none. */
const LISTS: Record<string, ListMap> = {
  containers: { key: by('name') },
  initContainers: { key: by('name') },
  extraContainers: { key: by('name') },
  additionalContainers: { key: by('name') },
  volumes: { key: by('name') },
  additionalVolumes: { key: by('name') },
  volumeMounts: { key: by('mountPath') },
  volumeDevices: { key: by('devicePath') },
  env: { key: by('name') },
  imagePullSecrets: { key: by('name') },
  topologySpreadConstraints: { key: by('topologyKey', 'whenUnsatisfiable') },
  taints: { key: by('key', 'effect'), most: 64 },
  kubeletExtraArgs: { key: by('name'), most: 100 },
  dataVolumeTemplates: { key: item => stringAt(item, 'metadata', 'name') ?? '' },
  disks: { key: by('name') },
  interfaces: { key: by('name'), most: 256 },
  networks: { key: by('name'), most: 256 },
  gpus: { key: by('name') },
  hostDevices: { key: by('name') },
  ownerReferences: { key: by('uid') },
  conditions: { key: by('type') },
  subjects: { key: by('kind', 'namespace', 'name') },
  finalizers: { key: itself },
  accessModes: { key: itself },
  certSANs: { key: itself, most: 100 },
  dnsNames: { key: itself },
  zones: { key: itself },
  hosts: { key: itself },
  storageClasses: { key: itself },
};

/** A Service tells its ports apart by number and protocol, a container by name as well. */
const PORTS: ListMap = {
  key: port => `${isObject(port) ? (port.containerPort ?? port.port) : port}/${stringAt(port, 'protocol') ?? 'TCP'}`,
};

export const listMaps: ObjectLaw = {
  fact: 'has each key once in lists that are maps to Kubernetes, and no more items than these take',
  violations: object =>
    placesWithin(object).flatMap(({ path, key, value }) => {
      const list = key === 'ports' ? PORTS : ownEntry(key);
      if (!list || !Array.isArray(value)) return [];
      const keys = value.map(list.key);
      const repeated = keys.filter((one, index) => keys.indexOf(one) < index);
      return [
        ...repeated.map(one => `${path}: ${one} more than once`),
        ...(value.length > (list.most ?? value.length) ? [`${path}: ${value.length} items`] : []),
      ];
    }),
  broken: [
    holding({ containers: [{ name: 'a' }, { name: 'a' }] }),
    holding({ taints: [taint('x', 'NoSchedule', '1'), taint('x', 'NoSchedule', '2')] }),
    holding({ taints: Array.from({ length: 65 }, (_, index) => taint(`k${index}`, 'NoExecute', '')) }),
    holding({ ports: [{ port: 53, protocol: 'TCP' }, { port: 53 }] }),
    holding({
      volumeMounts: [
        { name: 'a', mountPath: '/x' },
        { name: 'b', mountPath: '/x' },
      ],
    }),
    holding({ dataVolumeTemplates: [{ metadata: { name: 'a' } }, { metadata: { name: 'a' } }] }),
    holding({ domain: { devices: { gpus: [{ name: 'gpu1' }, { name: 'gpu1' }] } } }),
    holding({ zones: ['geneva', 'geneva'] }),
  ],
};

function ownEntry(key: string): ListMap | undefined {
  return Object.hasOwn(LISTS, key) ? LISTS[key] : undefined;
}

function taint(key: string, effect: string, value: string): JsonObject {
  return { key, effect, value };
}

function holding(spec: { [key: string]: Json }): KubeObject {
  return { apiVersion: 'v1', kind: 'Pod', metadata: { name: 'a' }, spec };
}
