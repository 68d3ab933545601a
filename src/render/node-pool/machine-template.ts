import type { NodePoolSpec } from '../../api/parts/node-pool.ts';
import type { JsonObject } from '../../base/json.ts';
import { POOL_ZONE_LABEL, TOPOLOGY_ZONE_LABEL } from '../../base/labels.ts';
import type { ClusterId } from '../../base/names.ts';
import type { KubeObject } from '../../base/object.ts';
import { present } from '../../base/present.ts';
import { preferDifferentHosts } from '../placement.ts';
import { gpuDevices } from './gpu.ts';
import { zoneLabels } from './labels.ts';

const DISK = 'system';

/** The virtual machine of one zone's nodes, pinned there by its node selector. */
export function machineTemplate(id: ClusterId, spec: NodePoolSpec, zone: string, name: string): KubeObject {
  const labels = zoneLabels(id, spec, zone);
  return {
    apiVersion: 'infrastructure.cluster.x-k8s.io/v1alpha1',
    kind: 'KubevirtMachineTemplate',
    metadata: { name, namespace: id.namespace, labels },
    spec: {
      template: {
        spec: {
          // Nobody can log in to these machines; that the kubelet joined is check enough.
          virtualMachineBootstrapCheck: { checkStrategy: 'none' },
          virtualMachineTemplate: {
            metadata: { namespace: id.namespace, labels },
            spec: virtualMachine(spec, zone, labels),
          },
        },
      },
    },
  };
}

function virtualMachine(spec: NodePoolSpec, zone: string, labels: Record<string, string>): JsonObject {
  const { instanceType } = spec.machine;
  return present({
    runStrategy: 'Always',
    instancetype: instanceType ? { kind: 'VirtualMachineClusterInstancetype', name: instanceType } : undefined,
    dataVolumeTemplates: [systemDisk(spec)],
    template: {
      metadata: {
        labels,
        // A Pod network bridged into the guest refuses migration unless told otherwise.
        annotations: { 'kubevirt.io/allow-pod-bridge-network-live-migration': 'true' },
      },
      spec: {
        // When its host is emptied, the node is drained and replaced instead of killed.
        evictionStrategy: 'External',
        nodeSelector: { [TOPOLOGY_ZONE_LABEL]: zone },
        topologySpreadConstraints: [preferDifferentHosts(groupLabels(labels))],
        domain: domain(spec),
        networks: [{ name: 'default', pod: {} }],
        volumes: [{ name: DISK, dataVolume: { name: DISK } }],
      },
    },
  });
}

/** Labels of all machines of the group, in whatever zone. */
function groupLabels(labels: Record<string, string>): Record<string, string> {
  return Object.fromEntries(Object.entries(labels).filter(([key]) => key !== POOL_ZONE_LABEL));
}

/** The disk is imported from the node image; Cluster API prefixes its name with the machine's. */
function systemDisk(spec: NodePoolSpec): JsonObject {
  return {
    metadata: { name: DISK },
    spec: {
      source: { registry: { url: `docker://${spec.image}` } },
      storage: { resources: { requests: { storage: spec.disk.size } }, storageClassName: spec.disk.storageClass },
    },
  };
}

/** KubeVirt refuses CPU or memory beside an instance type. */
function domain(spec: NodePoolSpec): JsonObject {
  const { instanceType, cpu, memory } = spec.machine;
  const gpus = gpuDevices(spec.gpus);
  return present({
    cpu: instanceType ? undefined : { sockets: 1, cores: cpu, threads: 1 },
    memory: instanceType ? undefined : { guest: memory },
    devices: present({
      networkInterfaceMultiqueue: true,
      disks: [{ name: DISK, disk: { bus: 'virtio' } }],
      interfaces: [{ name: 'default', bridge: {} }],
      gpus: gpus.length > 0 ? gpus : undefined,
    }),
  });
}
