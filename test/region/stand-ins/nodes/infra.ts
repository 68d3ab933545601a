import type { JsonObject } from '../../json.ts';
import type { Kube, KubeObject } from '../../kube.ts';

/** A simulated machine of the platform. */
export interface InfraNode {
  name: string;
  zone: string;
  ip: string;
  cpu: number;
  memoryGi: number;
  /** Devices for virtual machines by their resource name, such as `nvidia.com/AD102GL_L40S`. */
  devices?: Record<string, number>;
}

/** The platform the region offers: three datacenters of three machines, graphics cards in some. */
export function defaultInfra(): InfraNode[] {
  return ['geneva', 'lucerne', 'gland'].flatMap((zone, z) =>
    [1, 2, 3].map(number => ({
      name: `${zone}-${number}`,
      zone,
      ip: `172.16.${z}.${number}`,
      cpu: 256,
      memoryGi: 2048,
      ...(number === 1 && { devices: { 'nvidia.com/AD102GL_L40S': 8 } }),
      ...(number === 2 && zone !== 'gland' && { devices: { 'nvidia.com/GA100_A100_PCIE_80GB': 8 } }),
      ...(number === 3 && zone === 'geneva' && { devices: { 'nvidia.com/H100_94GB': 8 } }),
    })),
  );
}

/** Registers a machine as its kubelet would, without the taint that a node controller would take off later. */
export async function registerNode(kube: Kube, infra: InfraNode): Promise<void> {
  const existing = await kube.get('v1/Node', infra.name);
  if (!existing) await kube.create(nodeObject(infra));
  await kube.mergePatch('v1/Node', infra.name, undefined, { spec: { taints: null } });
  await kube.mergePatch('v1/Node', infra.name, undefined, { status: nodeStatus(infra) }, 'status');
}

/** The Node object of a machine. */
export function nodeObject(infra: InfraNode): KubeObject {
  return {
    apiVersion: 'v1',
    kind: 'Node',
    metadata: {
      name: infra.name,
      labels: {
        'kubernetes.io/hostname': infra.name,
        'kubernetes.io/arch': 'amd64',
        'kubernetes.io/os': 'linux',
        'topology.kubernetes.io/zone': infra.zone,
        // Set by KubeVirt's own agent on machines that can run virtual machines.
        'kubevirt.io/schedulable': 'true',
      },
    },
    spec: { providerID: `region://${infra.name}` },
  };
}

function nodeStatus({ name, ip, cpu, memoryGi, devices = {} }: InfraNode): JsonObject {
  const resources = {
    cpu: String(cpu),
    memory: `${memoryGi}Gi`,
    pods: '500',
    'ephemeral-storage': '4Ti',
    'devices.kubevirt.io/kvm': '1k',
    'devices.kubevirt.io/tun': '1k',
    'devices.kubevirt.io/vhost-net': '1k',
    ...Object.fromEntries(Object.entries(devices).map(([device, count]) => [device, String(count)])),
  };
  return {
    capacity: resources,
    allocatable: resources,
    addresses: [
      { type: 'InternalIP', address: ip },
      { type: 'Hostname', address: name },
    ],
    conditions: nodeConditions('True'),
    nodeInfo: {
      architecture: 'amd64',
      bootID: name,
      containerRuntimeVersion: 'region://stand-in',
      kernelVersion: '6.12',
      kubeProxyVersion: '',
      kubeletVersion: 'v1.36.4',
      machineID: name,
      operatingSystem: 'linux',
      osImage: 'simulated by the region',
      systemUUID: name,
    },
  };
}

/** A node's conditions; Unknown is what the node controller writes when a kubelet falls silent. */
export function nodeConditions(ready: 'True' | 'Unknown'): JsonObject[] {
  const now = new Date().toISOString().replace(/\.\d+Z$/, 'Z');
  const silent = ready === 'Unknown';
  const about = silent
    ? { reason: 'NodeStatusUnknown', message: 'Kubelet stopped posting node status.' }
    : { reason: 'KubeletReady', message: 'kubelet is posting ready status' };
  const times = { lastHeartbeatTime: now, lastTransitionTime: now };
  return [
    ...['MemoryPressure', 'DiskPressure', 'PIDPressure'].map(type => ({
      type,
      status: silent ? 'Unknown' : 'False',
      reason: silent ? 'NodeStatusUnknown' : 'KubeletHasEnough',
      message: silent ? about.message : 'kubelet has enough of it',
      ...times,
    })),
    { type: 'Ready', status: ready, ...about, ...times },
  ];
}
