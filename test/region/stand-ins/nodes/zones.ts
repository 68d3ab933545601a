import { at, list } from '../../json.ts';
import type { Kube, KubeObject } from '../../kube.ts';
import { type InfraNode, nodeConditions } from './infra.ts';
import type { Kubelet } from './kubelet.ts';

/** Zones that can be lost and come back. */
export interface Zones {
  /** All machines of the zone lose power; the API is told what a node controller would tell it. */
  lose(zone: string): Promise<void>;
  restore(zone: string): Promise<void>;
}

/** Plays power cuts and, as the region runs no node controller, its part: taints, conditions, Pods not ready. */
export function createZones(kube: Kube, infra: readonly InfraNode[], kubelet: Kubelet): Zones {
  const nodesOf = (zone: string): InfraNode[] => {
    const nodes = infra.filter(node => node.zone === zone);
    if (nodes.length === 0) throw new Error(`cannot change zone ${zone}: no node stands there`);
    return nodes;
  };
  return {
    async lose(zone) {
      const nodes = nodesOf(zone);
      await Promise.all(nodes.map(node => kubelet.powerOff(node.name)));
      await Promise.all(nodes.map(node => markUnreachable(kube, node.name)));
      const lost = new Set(nodes.map(node => node.name));
      const pods = await kube.list('v1/Pod');
      await Promise.all(
        pods.filter(pod => lost.has(String(at(pod, 'spec', 'nodeName')))).map(pod => markNotReady(kube, pod)),
      );
    },
    async restore(zone) {
      for (const { name } of nodesOf(zone)) {
        await kube.mergePatch('v1/Node', name, undefined, { status: { conditions: nodeConditions('True') } }, 'status');
        await kube.mergePatch('v1/Node', name, undefined, { spec: { taints: null } });
        kubelet.powerOn(name);
      }
    },
  };
}

async function markUnreachable(kube: Kube, name: string): Promise<void> {
  await kube.mergePatch('v1/Node', name, undefined, { status: { conditions: nodeConditions('Unknown') } }, 'status');
  const key = 'node.kubernetes.io/unreachable';
  const timeAdded = new Date().toISOString().replace(/\.\d+Z$/, 'Z');
  const taints = [
    { key, effect: 'NoSchedule', timeAdded },
    { key, effect: 'NoExecute', timeAdded },
  ];
  await kube.mergePatch('v1/Node', name, undefined, { spec: { taints } });
}

async function markNotReady(kube: Kube, pod: KubeObject): Promise<void> {
  const now = new Date().toISOString().replace(/\.\d+Z$/, 'Z');
  const conditions = list(at(pod, 'status', 'conditions')).map(entry =>
    typeof entry === 'object' && at(entry, 'type') === 'Ready'
      ? { ...entry, status: 'False', reason: 'NodeNotReady', lastTransitionTime: now }
      : entry,
  );
  const { name, namespace } = pod.metadata;
  await kube.mergePatch('v1/Pod', name, namespace, { status: { conditions } }, 'status').catch(() => undefined);
}
