import type { KubeObject } from '../region/kube.ts';

/** Namespace of the tenant on the platform. */
export const namespace = 'acme';

export interface MachineOptions {
  gpus?: object[];
  storageClassName?: string;
  instancetype?: string;
  image?: string;
  domain?: object;
}

/** A machine as Cluster API's KubeVirt provider asks for it. */
export function machine(name: string, options: MachineOptions = {}): KubeObject {
  const { gpus, storageClassName = 'replicated', instancetype = 's1.large', domain = {} } = options;
  const { image = 'docker://ghcr.io/hidoraswiss/hikube-node:v1.35.6' } = options;
  return {
    apiVersion: 'kubevirt.io/v1',
    kind: 'VirtualMachine',
    metadata: { name, namespace },
    spec: {
      runStrategy: 'Always',
      instancetype: { kind: 'VirtualMachineClusterInstancetype', name: instancetype },
      dataVolumeTemplates: [
        {
          metadata: { name: `${name}-root` },
          spec: {
            source: { registry: { url: image } },
            storage: { storageClassName, resources: { requests: { storage: '50Gi' } } },
          },
        },
      ],
      template: {
        metadata: { labels: { 'kubevirt.io/vm': name } },
        spec: {
          nodeSelector: gpus ? {} : { 'topology.kubernetes.io/zone': 'lucerne' },
          domain: {
            ...domain,
            devices: {
              disks: [
                { name: 'root', disk: { bus: 'virtio' } },
                { name: 'cloudinitvolume', disk: { bus: 'virtio' } },
              ],
              ...(gpus && { gpus }),
            },
          },
          volumes: [
            { name: 'root', dataVolume: { name: `${name}-root` } },
            { name: 'cloudinitvolume', cloudInitConfigDrive: { secretRef: { name: `${name}-userdata` } } },
          ],
        },
      },
    },
  };
}

/** A DaemonSet whose Pods run on every node of the tenant. */
export function daemonSet(does: string): KubeObject {
  const labels = { 'region.hikube.dev/daemon': does };
  return {
    apiVersion: 'apps/v1',
    kind: 'DaemonSet',
    metadata: { name: does, namespace: 'kube-system' },
    spec: {
      selector: { matchLabels: labels },
      template: {
        metadata: { labels },
        spec: {
          hostNetwork: true,
          tolerations: [{ operator: 'Exists' }],
          containers: [{ name: does, image: 'region/stand-in:1' }],
        },
      },
    },
  };
}

export function storageClass(name: string): KubeObject {
  return {
    apiVersion: 'storage.k8s.io/v1',
    kind: 'StorageClass',
    metadata: { name },
    provisioner: 'linstor.csi.linbit.com',
    volumeBindingMode: 'WaitForFirstConsumer',
  };
}
