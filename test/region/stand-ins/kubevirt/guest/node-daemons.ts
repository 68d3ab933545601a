import type { KubeObject } from '../../../kube.ts';
import { idlePod, type PodRuntime } from '../../nodes/index.ts';
import { daemonLabel } from '../../sources/recorded-chart.ts';
import type { NodeAgent } from './node-agent.ts';

/** What daemons change about the node they run on. */
export interface NodeDaemons {
  agent: NodeAgent;
  gpus: number;
  /** Serves node ports with the rights of the network agent's Pod. */
  startServiceProxy(pod: KubeObject): Promise<{ stop(): Promise<void> }>;
}

/** Pods of add-ons that a node depends on: its network agent, and the plugin that offers its graphics cards. */
export function nodeDaemons({ agent, gpus, startServiceProxy }: NodeDaemons): PodRuntime[] {
  let proxy: { stop(): Promise<void> } | undefined;
  return [
    daemon(
      'cni',
      async pod => {
        proxy = await startServiceProxy(pod);
        await agent.setNetwork(true);
      },
      // Interfaces outlive the agent, so a node stays ready while it is replaced.
      async () => proxy?.stop(),
    ),
    daemon(
      'nvidia-device-plugin',
      () => agent.setDevices(gpus > 0 ? { 'nvidia.com/gpu': gpus } : {}),
      () => agent.setDevices(gpus > 0 ? { 'nvidia.com/gpu': 0 } : {}),
    ),
  ];
}

function daemon(name: string, start: (pod: KubeObject) => Promise<void>, stop: () => Promise<void>): PodRuntime {
  const runs = (pod: KubeObject): boolean => pod.metadata.labels?.[daemonLabel] === name;
  return {
    name,
    runs,
    async start({ pod }) {
      await start(pod);
      // The cluster may be gone by the time the Pod ends.
      return { ...idlePod(), stop: () => stop().catch(() => undefined) };
    },
  };
}
