import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { at } from '../../json.ts';
import type { Kube, KubeObject } from '../../kube.ts';
import type { Log } from '../../log.ts';
import type { PodNetwork } from './network/pod-network.ts';
import type { PodView } from './pod-status.ts';
import { idlePod, type PodRuntime, type RunningPod } from './runtime.ts';
import { mountVolumes } from './volumes.ts';

/** A Pod on a machine, from its first container to the last restart. */
export interface Sandbox {
  uid: string | undefined;
  node: string;
  view(): Omit<PodView, 'hostIp'>;
  stop(): Promise<void>;
  kill(): Promise<void>;
}

interface SandboxOptions {
  pod: KubeObject;
  node: string;
  kube: Kube;
  log: Log;
  dir: string;
  network: Pick<PodNetwork, 'assignIp' | 'expose' | 'withdraw'>;
  runtimes?: () => readonly PodRuntime[];
}

/** Starts a Pod's containers and keeps them running; `changed` is called whenever the view is another. */
export function startSandbox(options: SandboxOptions, changed: () => void): Sandbox {
  const { pod, node, network } = options;
  const ip = network.assignIp();
  const startedAt = new Date().toISOString().replace(/\.\d+Z$/, 'Z');
  const runtime = options.runtimes?.().find(entry => entry.runs(pod));
  const ending = new AbortController();
  let running: RunningPod | undefined;
  let view: Omit<PodView, 'hostIp'> = { state: 'waiting', ready: false, restarts: 0, startedAt, ip };

  const set = (next: Partial<PodView>): void => {
    if (ending.signal.aborted) return;
    view = { ...view, ...next };
    changed();
  };

  const live = async (): Promise<void> => {
    while (!ending.signal.aborted) {
      const reason = await runOnce().catch((error: unknown) =>
        error instanceof Error ? error.message : String(error),
      );
      running = undefined;
      if (ending.signal.aborted) return;
      options.log(`${pod.metadata.namespace}/${pod.metadata.name} crashed: ${reason}`);
      const restarts = view.restarts + 1;
      const message = reason.slice(0, 1024);
      set({ state: 'waiting', ready: false, reason: 'CrashLoopBackOff', message, restarts });
      await delay(Math.min(1_000 * 2 ** (restarts - 1), LAST_BACKOFF_MS), undefined, { signal: ending.signal });
    }
  };

  const runOnce = async (): Promise<string> => {
    running = runtime ? await begin(runtime) : idlePod();
    if (ending.signal.aborted) {
      await running.kill();
      return 'the Pod was deleted';
    }
    if (!runtime && runsToCompletion(pod)) {
      set({ state: 'ended' });
      return new Promise(() => undefined);
    }
    const own = running;
    let over = false;
    const exited = own.exited.then(reason => {
      over = true;
      return reason;
    });
    set({ state: 'running', ready: !runtime });
    if (!runtime) return exited;
    while (!over && !ending.signal.aborted) {
      const ready = await own.ready().catch(() => false);
      const containers = own.containers?.();
      const differs = JSON.stringify(containers) !== JSON.stringify(view.containers);
      if ((ready !== view.ready || differs) && !over) set({ ready, ...(containers && { containers }) });
      await Promise.race([exited, delay(ready ? READY_PROBE_MS : PROBE_MS, undefined, { signal: ending.signal })]);
    }
    return exited;
  };

  const begin = async (chosen: PodRuntime): Promise<RunningPod> => {
    const { kube, dir, log } = options;
    const dirs = { pod: join(dir, 'pods', `${pod.metadata.uid}`), volumes: join(dir, 'volumes') };
    const hostPath = await mountVolumes(kube, pod, dirs);
    return chosen.start({ pod, ip, hostPath, expose: (port, local) => network.expose(ip, port, local), log });
  };

  const life = live().catch(() => undefined);

  const end = async (how: 'stop' | 'kill'): Promise<void> => {
    if (!ending.signal.aborted) ending.abort();
    network.withdraw(ip);
    await running?.[how]();
    if (runtime) await life;
  };

  return { uid: pod.metadata.uid, node, view: () => view, stop: () => end('stop'), kill: () => end('kill') };
}

/** Real kubelets wait up to five minutes. */
const LAST_BACKOFF_MS = 10_000;
const PROBE_MS = 200;
const READY_PROBE_MS = 2_000;

function runsToCompletion(pod: KubeObject): boolean {
  return (at(pod, 'spec', 'restartPolicy') ?? 'Always') !== 'Always';
}
