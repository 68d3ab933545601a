import { type Controller, type Key, type Requeue, runController } from '../../controller.ts';
import { at, str } from '../../json.ts';
import type { Kube, KubeObject } from '../../kube.ts';
import type { Log } from '../../log.ts';
import type { PodNetwork } from './network/pod-network.ts';
import { podStatus, sameStatus } from './pod-status.ts';
import type { PodRuntime } from './runtime.ts';
import { type Sandbox, startSandbox } from './sandbox.ts';
import { findBlocked } from './volumes.ts';

/** What a kubelet looks after. */
export interface KubeletOptions {
  name: string;
  kube: Kube;
  log: Log;
  /** Where Pods' volumes are put. */
  dir: string;
  /** Whether a node is this kubelet's. */
  owns(node: string): boolean;
  nodeIp(node: string): string;
  network: Pick<PodNetwork, 'assignIp' | 'expose' | 'withdraw'>;
  /** Asked for each new Pod; a Pod that none runs is merely said to run, one of a Job to have succeeded. */
  runtimes?: () => readonly PodRuntime[];
}

/** A running kubelet, for one node or many. */
export interface Kubelet {
  /** The machine lost its power: its Pods' containers are gone at once, and nobody reports. */
  powerOff(node: string): Promise<void>;
  /** The machine is back: its Pods start again. */
  powerOn(node: string): void;
  stop(): Promise<void>;
}

/**
 * Stand-in for the kubelet: every Pod the real scheduler bound to one of its nodes gets an address, its volumes and
 * its containers, its status is reported, and when deleted it is ended and finalised. A Pod whose Secret, ConfigMap
 * or claim is missing waits, as in life.
 */
export function startKubelet(options: KubeletOptions): Kubelet {
  const { kube, owns } = options;
  const sandboxes = new Map<string, Sandbox>();
  const off = new Set<string>();

  const reconcile = async (key: Key): Promise<Requeue | undefined> => {
    const id = `${key.namespace}/${key.name}`;
    const pod = await kube.get('v1/Pod', key.name, key.namespace);
    const node = str(at(pod, 'spec', 'nodeName'));
    const old = sandboxes.get(id);
    if (old && old.uid !== pod?.metadata.uid) {
      sandboxes.delete(id);
      await old.stop();
    }
    if (!pod || !node || !owns(node) || off.has(node)) return undefined;
    if (pod.metadata.deletionTimestamp) {
      await sandboxes.get(id)?.stop();
      sandboxes.delete(id);
      return finalise(kube, pod);
    }
    if (['Succeeded', 'Failed'].includes(str(at(pod, 'status', 'phase')) ?? '')) return undefined;
    return report(pod, node, id);
  };

  const report = async (pod: KubeObject, node: string, id: string): Promise<Requeue | undefined> => {
    const hostIp = options.nodeIp(node);
    const now = new Date().toISOString().replace(/\.\d+Z$/, 'Z');
    const blocked = sandboxes.has(id) ? undefined : await findBlocked(kube, pod);
    if (blocked) {
      const startedAt = str(at(pod, 'status', 'startTime')) ?? now;
      const waiting = { state: 'waiting', ready: false, restarts: 0, ...blocked } as const;
      await write(kube, pod, podStatus(pod, { ...waiting, startedAt, hostIp }, now));
      return { requeueAfterMs: BLOCKED_MS };
    }
    let sandbox = sandboxes.get(id);
    if (!sandbox) {
      const { namespace, name } = pod.metadata;
      sandbox = startSandbox({ pod, node, ...options }, () => controller.enqueue({ namespace, name }));
      sandboxes.set(id, sandbox);
    }
    await write(kube, pod, podStatus(pod, { ...sandbox.view(), hostIp }, now));
    return undefined;
  };

  const controller: Controller = runController({
    name: options.name,
    kube,
    log: options.log,
    watches: [
      {
        kind: 'v1/Pod',
        map: pod => {
          const { namespace, name } = pod.metadata;
          const node = str(at(pod, 'spec', 'nodeName'));
          return node && owns(node) ? [{ namespace, name }] : [];
        },
      },
    ],
    reconcile,
  });

  return {
    async powerOff(node) {
      off.add(node);
      await Promise.all([...sandboxes.values()].filter(entry => entry.node === node).map(entry => entry.kill()));
    },
    powerOn(node) {
      off.delete(node);
      for (const [id, sandbox] of sandboxes) {
        if (sandbox.node !== node) continue;
        sandboxes.delete(id);
        const [namespace = '', name = ''] = id.split('/');
        controller.enqueue({ namespace, name });
      }
    },
    async stop() {
      await controller.stop();
      await Promise.all([...sandboxes.values()].map(sandbox => sandbox.stop()));
    },
  };
}

const BLOCKED_MS = 1_000;

async function write(kube: Kube, pod: KubeObject, status: ReturnType<typeof podStatus>): Promise<void> {
  if (sameStatus(pod.status, status)) return;
  const { name, namespace, uid } = pod.metadata;
  const answer = await kube
    .mergePatch('v1/Pod', name, namespace, { metadata: { uid }, status }, 'status')
    .catch((error: unknown) => error);
  if (answer instanceof Error && !/not found|Precondition|UID/i.test(answer.message)) throw answer;
}

/** Deletes for good, as a kubelet does when the containers have ended. */
async function finalise(kube: Kube, pod: KubeObject): Promise<undefined> {
  const { name, namespace, uid } = pod.metadata;
  await kube.raw('DELETE', `/api/v1/namespaces/${namespace}/pods/${name}`, {
    kind: 'DeleteOptions',
    apiVersion: 'v1',
    gracePeriodSeconds: 0,
    preconditions: { uid },
  });
  return undefined;
}
