import { join } from 'node:path';
import type { PolicyRule, StandInContext } from '../stand-in.ts';
import { defaultInfra, type InfraNode, registerNode } from './infra.ts';
import { startKubelet } from './kubelet.ts';
import { type PodNetwork, startPodNetwork } from './network/pod-network.ts';
import { startPowerSwitch } from './power-switch.ts';
import { startProvisioner } from './provisioner.ts';
import type { PodRuntime } from './runtime.ts';
import { createZones, type Zones } from './zones.ts';

export { defaultInfra, type InfraNode } from './infra.ts';
export { type Kubelet, type KubeletOptions, startKubelet } from './kubelet.ts';
export type { PodNetwork } from './network/pod-network.ts';
export { idlePod, type PodRuntime, type PodSandbox, type RunningPod } from './runtime.ts';

/** The platform's machines: simulated nodes, their kubelet, network, volumes, and power cuts by zone. */
export interface Nodes {
  network: PodNetwork;
  zones: Zones;
  infra: readonly InfraNode[];
  /** From now on the runtime's Pods are run by it. */
  addRuntime(runtime: PodRuntime): void;
  stop(): Promise<void>;
}

/** Starts the platform's machines. */
export async function startNodes(context: StandInContext, options: { infra?: InfraNode[] } = {}): Promise<Nodes> {
  const { kube, log, dir } = context;
  const infra = options.infra ?? defaultInfra();
  const byName = new Map(infra.map(node => [node.name, node]));
  const network = await startPodNetwork(kube, log);
  await Promise.all(infra.map(node => registerNode(kube, node)));
  const runtimes: PodRuntime[] = [];
  const kubelet = startKubelet({
    name: 'kubelet',
    kube,
    log,
    dir: join(dir, 'kubelet'),
    owns: node => byName.has(node),
    nodeIp: node => byName.get(node)?.ip ?? '',
    network,
    runtimes: () => runtimes,
  });
  const provisioner = startProvisioner(kube, log);
  const zones = createZones(kube, infra, kubelet);
  const power = startPowerSwitch(kube, infra, zones, log);
  return {
    network,
    infra,
    zones,
    addRuntime: runtime => void runtimes.push(runtime),
    async stop() {
      await Promise.all([power.stop(), kubelet.stop(), provisioner.stop()]);
      await network.stop();
    },
  };
}

/** What kubelets, kube-proxy, cluster DNS, the storage driver and the node controller may do together. */
export const rules: PolicyRule[] = [
  { apiGroups: [''], resources: ['nodes'], verbs: ['get', 'list', 'watch', 'create', 'patch', 'update'] },
  { apiGroups: [''], resources: ['nodes/status', 'pods/status'], verbs: ['patch', 'update'] },
  { apiGroups: [''], resources: ['pods'], verbs: ['get', 'list', 'watch', 'delete'] },
  { apiGroups: [''], resources: ['secrets', 'configmaps'], verbs: ['get'] },
  { apiGroups: [''], resources: ['services', 'persistentvolumeclaims'], verbs: ['get', 'list', 'watch'] },
  { apiGroups: [''], resources: ['persistentvolumes'], verbs: ['get', 'list', 'watch', 'create', 'delete'] },
  { apiGroups: ['discovery.k8s.io'], resources: ['endpointslices'], verbs: ['get', 'list', 'watch'] },
  { apiGroups: ['storage.k8s.io'], resources: ['storageclasses'], verbs: ['get', 'list', 'watch'] },
];
