import type { ControlPlaneSpec } from '../../api/parts/control-plane.ts';
import type { EtcdSpec } from '../../api/parts/etcd.ts';
import type { ClusterId } from '../../base/names.ts';
import type { KubeObject } from '../../base/object.ts';
import type { Rendered } from '../types.ts';

/** A cluster for tests. */
export const shop: ClusterId = { namespace: 'acme', name: 'shop' };

/** Resolved etcd of that cluster. */
export const etcd: EtcdSpec = {
  cluster: 'shop',
  version: '3.6.11',
  zones: ['geneva', 'lucerne', 'gland'],
  storage: { size: '4Gi', storageClass: 'local' },
  resources: { cpu: '500m', memory: '512Mi' },
};

/** Resolved control plane of that cluster. */
export const controlPlane: ControlPlaneSpec = {
  cluster: 'shop',
  version: 'v1.34.9',
  replicas: 3,
  zones: ['geneva', 'lucerne', 'gland'],
  dataStore: 'acme-shop-datastore-1a2b3c',
  apiServer: { cpu: '2', memory: '2Gi' },
  controllerManager: { cpu: '1', memory: '512Mi' },
  scheduler: { cpu: '500m', memory: '256Mi' },
  konnectivity: { cpu: '250m', memory: '128Mi' },
  network: {
    podCidr: '10.243.0.0/16',
    serviceCidr: '10.95.0.0/16',
    clusterDomain: 'cluster.local',
    dnsServiceIp: '10.95.0.10',
  },
  images: {
    autoscaler: 'registry.example/autoscaler:v1',
    cloudControllerManager: 'registry.example/ccm:v1',
    csiDriver: 'registry.example/csi:v1',
    csiProvisioner: 'registry.example/provisioner:v1',
    csiAttacher: 'registry.example/attacher:v1',
    csiResizer: 'registry.example/resizer:v1',
    csiLivenessProbe: 'registry.example/liveness:v1',
    waitForKubeconfig: 'registry.example/busybox:v1',
  },
  storageClasses: ['replicated', 'local'],
  defaultStorageClass: 'replicated',
};

/** The one rendered object under a name; fails the test when it is not there. */
export function pick(rendered: Rendered, name: string): KubeObject {
  const object = rendered.get(name);
  if (!object) throw new Error(`cannot find ${name} among ${[...rendered.keys()].join(', ')}`);
  return object;
}
