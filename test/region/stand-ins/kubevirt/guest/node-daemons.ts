import type { KubeObject } from '../../../kube.ts';
import { idlePod, type PodRuntime } from '../../nodes/index.ts';
import { daemonLabel } from '../../sources/recorded-chart.ts';
import type { NodeAgent } from './node-agent.ts';

/** Pods of add-ons that a node depends on: its network agent, and the plugin that offers its graphics cards. */
export function nodeDaemons(agent: NodeAgent, gpus: number): PodRuntime[] {
  return [
    daemon(
      'cni',
      () => agent.setNetwork(true),
      // Interfaces outlive the agent, so a node stays ready while it is replaced.
      async () => undefined,
    ),
    daemon(
      'nvidia-device-plugin',
      () => agent.setDevices(gpus > 0 ? { 'nvidia.com/gpu': gpus } : {}),
      () => agent.setDevices(gpus > 0 ? { 'nvidia.com/gpu': 0 } : {}),
    ),
  ];
}

function daemon(name: string, start: () => Promise<void>, stop: () => Promise<void>): PodRuntime {
  const runs = (pod: KubeObject): boolean => pod.metadata.labels?.[daemonLabel] === name;
  return {
    name,
    runs,
    async start() {
      await start();
      // The cluster may be gone by the time the Pod ends.
      return { ...idlePod(), stop: () => stop().catch(() => undefined) };
    },
  };
}
