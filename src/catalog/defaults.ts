import { charts } from './defaults/charts.ts';
import { instanceTypes } from './defaults/instance-types.ts';
import { limits } from './defaults/limits.ts';
import { loadBalancers } from './defaults/load-balancers.ts';
import { versions } from './defaults/versions.ts';
import type { Catalog } from './schema.ts';

/** What Hikube offers; a platform lays its own catalogue over it. */
export const hikubeCatalog: Catalog = {
  zones: ['geneva', 'lucerne', 'gland'],
  versions,
  defaultVersion: 'v1.36',
  // Hikube still documents minors that upstream has ended.
  versionPolicy: { expired: 'warn' },
  // Cluster API 1.14.
  platform: {
    clusterApi: { from: 'v1.31', to: 'v1.36' },
    // The edge release of August 2026.
    kamaji: { from: 'v1.30', to: 'v1.36' },
    // KubeVirt 1.8, as Cozystack 1.6 brings it, serves no other.
    kubevirt: { instancetypeApi: 'v1beta1' },
    // What Cozystack, on which Hikube stands, gives its Pods, its Services and the network that joins nodes.
    ranges: ['10.244.0.0/16', '10.96.0.0/16', '100.64.0.0/16'],
    watchPods: true,
  },
  instanceTypes,
  gpus: [
    { device: 'nvidia.com/AD102GL_L40S', model: 'L40S', aliases: ['nvidia.com/L40S'] },
    { device: 'nvidia.com/GA100_A100_PCIE_80GB', model: 'A100', aliases: ['nvidia.com/A100'] },
    { device: 'nvidia.com/H100_94GB', model: 'H100', aliases: ['nvidia.com/H100'] },
  ],
  storageClasses: {
    local: { replication: 'none', copies: 1 },
    replicated: { replication: 'synchronous', copies: 3 },
    'replicated-async': { replication: 'asynchronous', copies: 3 },
  },
  defaultStorageClass: 'replicated',
  defaultNodeDisk: '20Gi',
  presets: {
    nano: { cpu: '250m', memory: '128Mi' },
    micro: { cpu: '500m', memory: '256Mi' },
    small: { cpu: '1', memory: '512Mi' },
    medium: { cpu: '1', memory: '1Gi' },
    large: { cpu: '2', memory: '2Gi' },
    xlarge: { cpu: '4', memory: '4Gi' },
    '2xlarge': { cpu: '8', memory: '8Gi' },
  },
  controlPlane: { apiServer: 'large', controllerManager: 'small', scheduler: 'micro', konnectivity: 'nano' },
  etcd: { version: '3.6.11', size: '4Gi', storageClass: 'local', resources: { cpu: '500m', memory: '512Mi' } },
  network: {
    podCidr: '10.243.0.0/16',
    serviceCidr: '10.95.0.0/16',
    clusterDomain: 'cluster.local',
    dnsServiceIp: '10.95.0.10',
  },
  // ingress-nginx was archived in March 2026; its last chart is 4.15.1.
  ingress: { engine: 'nginx', retired: { nginx: '2026-03' } },
  domain: { suffix: 'k8s.hikube.cloud', allowed: [], reserved: [], ingressClass: 'nginx' },
  loadBalancers,
  charts,
  chartNamespace: 'hikube-system',
  images: {
    cloudControllerManager: 'quay.io/kubevirt/kubevirt-cloud-controller-manager:v0.6.0',
    // Upstream has neither releases nor tags that stay; this is Cozystack's build of it, as its release 1.6.0 pins it.
    csiDriver:
      'ghcr.io/cozystack/cozystack/kubevirt-csi-driver:v1.6.0@sha256:d6326e343c7932ce3d375c6742b9b9745090a4a26bf5bbc5ad19f5504ea93d65',
    csiProvisioner: 'registry.k8s.io/sig-storage/csi-provisioner:v5.3.0',
    csiAttacher: 'registry.k8s.io/sig-storage/csi-attacher:v4.9.0',
    csiResizer: 'registry.k8s.io/sig-storage/csi-resizer:v1.13.1',
    csiLivenessProbe: 'registry.k8s.io/sig-storage/livenessprobe:v2.16.0',
    csiNodeDriverRegistrar: 'registry.k8s.io/sig-storage/csi-node-driver-registrar:v2.14.0',
    waitForKubeconfig: 'docker.io/library/busybox:1.37.0',
  },
  // The oldest minor each names itself (READMEs of kubernetes-csi); the others were never told to need one.
  imageSupport: {
    cloudControllerManager: { from: 'v1.30' },
    csiDriver: { from: 'v1.30' },
    csiProvisioner: { from: 'v1.20' },
    csiAttacher: { from: 'v1.17' },
    csiResizer: { from: 'v1.16' },
    csiLivenessProbe: { from: 'v1.13' },
    csiNodeDriverRegistrar: { from: 'v1.13' },
    waitForKubeconfig: { from: 'v1.30' },
    etcd: { from: 'v1.30' },
  },
  acme: { email: '', server: 'https://acme-v02.api.letsencrypt.org/directory' },
  monitoring: { logsHost: 'vlinsert-generic.{namespace}.svc', logsPort: 9481 },
  limits,
};
