import { setInterval as every } from 'node:timers/promises';
import type { JsonObject } from '../../../json.ts';
import { type Kube, KubeError } from '../../../kube.ts';
import type { Log } from '../../../log.ts';
import type { nodeResources } from './capacity.ts';
import type { KubeletConfig } from './kubelet-config.ts';

/** A machine as its kubelet reports it. */
export interface NodeReport {
  name: string;
  ip: string;
  version: string;
  kubelet: KubeletConfig;
  resources: ReturnType<typeof nodeResources>;
}

/** Keeps the Node object and its lease as a kubelet does, under the node's own identity. */
export interface NodeAgent {
  /** Registers the node and starts its heartbeat. */
  start(): Promise<void>;
  /** What device plugins offer on this machine, by resource name. */
  setDevices(devices: Record<string, number>): Promise<void>;
  /** The node is ready as soon as its network is. */
  setNetwork(ready: boolean): Promise<void>;
  stop(): void;
}

/** Makes the agent of one node. */
export function createNodeAgent(kube: Kube, node: NodeReport, log: Log): NodeAgent {
  const ending = new AbortController();
  let devices: Record<string, number> = {};
  let networkReady = false;

  const report = async (): Promise<void> => {
    if (ending.signal.aborted) return;
    const counted = Object.fromEntries(Object.entries(devices).map(([name, count]) => [name, String(count)]));
    const status: JsonObject = {
      capacity: { ...node.resources.capacity, ...counted },
      allocatable: { ...node.resources.allocatable, ...counted },
      conditions: conditions(networkReady),
      addresses: [
        { type: 'InternalIP', address: node.ip },
        { type: 'Hostname', address: node.name },
      ],
      daemonEndpoints: { kubeletEndpoint: { Port: 10250 } },
      nodeInfo: nodeInfo(node),
    };
    await kube.mergePatch('v1/Node', node.name, undefined, { status }, 'status');
  };

  const beat = async (): Promise<void> => {
    for await (const _ of every(HEARTBEAT_MS, undefined, { signal: ending.signal, ref: false })) {
      await renewLease(kube, node.name).catch(error => log(`lease of ${node.name}: ${String(error)}`));
    }
  };

  return {
    async start() {
      await register(kube, node);
      await report();
      await renewLease(kube, node.name);
      void beat().catch(() => undefined);
    },
    async setDevices(next) {
      devices = next;
      await report();
    },
    async setNetwork(ready) {
      networkReady = ready;
      await report();
    },
    stop: () => ending.abort(),
  };
}

const HEARTBEAT_MS = 10_000;

async function register(kube: Kube, { name, kubelet }: NodeReport): Promise<void> {
  const labels = {
    'beta.kubernetes.io/arch': 'amd64',
    'beta.kubernetes.io/os': 'linux',
    'kubernetes.io/arch': 'amd64',
    'kubernetes.io/hostname': name,
    'kubernetes.io/os': 'linux',
    ...kubelet.labels,
  };
  try {
    await kube.create({
      apiVersion: 'v1',
      kind: 'Node',
      metadata: { name, labels },
      spec: { ...(kubelet.taints.length > 0 && { taints: kubelet.taints }) },
    });
  } catch (error) {
    // Registered before the machine was restarted: labels are brought up to date, taints stay as they are.
    if (!(error instanceof KubeError) || error.status !== 409) throw error;
    await kube.mergePatch('v1/Node', name, undefined, { metadata: { labels } });
  }
}

async function renewLease(kube: Kube, name: string): Promise<void> {
  const lease = {
    apiVersion: 'coordination.k8s.io/v1',
    kind: 'Lease',
    metadata: { name, namespace: 'kube-node-lease' },
    spec: { holderIdentity: name, leaseDurationSeconds: 40, renewTime: new Date().toISOString().replace('Z', '000Z') },
  };
  await kube.mergePatch(LEASE, name, 'kube-node-lease', { spec: lease.spec }).catch((error: unknown) => {
    if (error instanceof KubeError && error.status === 404) return kube.create(lease);
    throw error;
  });
}

const LEASE = 'coordination.k8s.io/v1/Lease';

function conditions(networkReady: boolean): JsonObject[] {
  const now = new Date().toISOString().replace(/\.\d+/, '');
  const times = { lastHeartbeatTime: now, lastTransitionTime: now };
  const fine = (type: string, resource: string): JsonObject => ({
    type,
    status: 'False',
    reason: `KubeletHas${resource}`,
    message: `kubelet has ${resource}`,
    ...times,
  });
  const ready = networkReady
    ? { status: 'True', reason: 'KubeletReady', message: 'kubelet is posting ready status' }
    : { status: 'False', reason: 'KubeletNotReady', message: 'container runtime network not ready: no CNI agent' };
  return [
    fine('MemoryPressure', 'SufficientMemory'),
    fine('DiskPressure', 'NoDiskPressure'),
    fine('PIDPressure', 'SufficientPID'),
    { type: 'Ready', ...ready, ...times },
  ];
}

function nodeInfo({ name, version }: NodeReport): JsonObject {
  return {
    architecture: 'amd64',
    bootID: name,
    containerRuntimeVersion: 'containerd://2.1.0',
    kernelVersion: '6.12.0',
    kubeProxyVersion: '',
    kubeletVersion: version,
    machineID: name,
    operatingSystem: 'linux',
    osImage: 'Hikube node (simulated by the region)',
    systemUUID: name,
  };
}
