import { at, type JsonObject, list, obj, str } from '../../json.ts';
import type { KubeObject } from '../../kube.ts';
import type { ContainerState } from './runtime.ts';

/** What the kubelet knows about a Pod. */
export interface PodView {
  /** waiting: not started or crashed; ended: ran to completion. */
  state: 'waiting' | 'running' | 'ended';
  ready: boolean;
  reason?: string;
  message?: string;
  restarts: number;
  startedAt: string;
  ip?: string | undefined;
  hostIp: string;
  /** Containers that are restarted by themselves; the others do as the Pod does. */
  containers?: Record<string, ContainerState>;
}

/** The status a kubelet reports for a Pod; conditions of others (the scheduler's) are kept. */
export function podStatus(pod: KubeObject, view: PodView, now: string): JsonObject {
  // A Pod that ran before, on a machine that was off, does not go back to Pending.
  const begun = view.state !== 'waiting' || view.restarts > 0 || at(pod, 'status', 'phase') === 'Running';
  const ended = view.state === 'ended';
  const ready = view.state === 'running' && view.ready;
  return {
    phase: ended ? 'Succeeded' : begun ? 'Running' : 'Pending',
    startTime: view.startedAt,
    hostIP: view.hostIp,
    hostIPs: [{ ip: view.hostIp }],
    ...(view.ip && { podIP: view.ip, podIPs: [{ ip: view.ip }] }),
    conditions: conditions(pod, { begun, ready, ended }, now),
    ...statuses(pod, 'initContainers', 'initContainerStatuses', container => initStatus(container, view, begun)),
    ...statuses(pod, 'containers', 'containerStatuses', container => containerStatus(container, view, ready)),
  };
}

/** True when the two say the same; what the API server adds or drops by itself is left out of account. */
export function sameStatus(current: unknown, wanted: JsonObject): boolean {
  return Object.entries(wanted).every(([key, value]) => contains(at(current, key), value));
}

function conditions(pod: KubeObject, is: { begun: boolean; ready: boolean; ended: boolean }, now: string) {
  const done = is.ended ? { reason: 'PodCompleted' } : { reason: 'ContainersNotReady' };
  const wanted: [string, boolean, JsonObject][] = [
    ['PodReadyToStartContainers', is.begun && !is.ended, {}],
    ['Initialized', is.begun, {}],
    ['Ready', is.ready, is.ready ? {} : done],
    ['ContainersReady', is.ready, is.ready ? {} : done],
  ];
  const old = list(at(pod, 'status', 'conditions'));
  const kept = old.filter(entry => !wanted.some(([type]) => type === at(entry, 'type')));
  const own = wanted.map(([type, isTrue, extra]) => {
    const status = isTrue ? 'True' : 'False';
    const before = old.find(entry => at(entry, 'type') === type);
    const since = at(before, 'status') === status ? (str(at(before, 'lastTransitionTime')) ?? now) : now;
    return { type, status, lastTransitionTime: since, ...extra };
  });
  return [...own, ...kept];
}

function statuses(pod: KubeObject, field: string, statusField: string, of: (container: unknown) => JsonObject) {
  const containers = list(at(pod, 'spec', field));
  return containers.length === 0 ? {} : { [statusField]: containers.map(of) };
}

function containerStatus(container: unknown, view: PodView, ready: boolean): JsonObject {
  const own = view.containers?.[str(at(container, 'name')) ?? ''];
  if (own && view.state === 'running') {
    const { crashed: message, restarts: restartCount } = own;
    const state = message === undefined ? stateOf(view) : { waiting: { reason: 'CrashLoopBackOff', message } };
    return { ...identity(container, view), ready: own.ready, restartCount, started: message === undefined, state };
  }
  return { ...identity(container, view), ready, started: view.state === 'running', state: stateOf(view) };
}

function initStatus(container: unknown, view: PodView, begun: boolean): JsonObject {
  const sidecar = at(container, 'restartPolicy') === 'Always';
  if (sidecar) return containerStatus(container, view, view.state === 'running');
  const state = begun ? terminated(view) : { waiting: { reason: view.reason ?? 'PodInitializing' } };
  return { ...identity(container, view), restartCount: 0, ready: begun, started: false, state };
}

function identity(container: unknown, view: PodView): JsonObject {
  const name = str(at(container, 'name')) ?? '';
  return {
    name,
    image: str(at(container, 'image')) ?? '',
    imageID: '',
    restartCount: view.restarts,
    ...(view.ip && { containerID: `region://${view.ip}-${name}` }),
  };
}

function stateOf(view: PodView): JsonObject {
  if (view.state === 'running') return { running: { startedAt: view.startedAt } };
  if (view.state === 'ended') return terminated(view);
  return { waiting: { reason: view.reason ?? 'ContainerCreating', ...(view.message && { message: view.message }) } };
}

function terminated(view: PodView): JsonObject {
  const { startedAt } = view;
  return { terminated: { exitCode: 0, reason: 'Completed', startedAt, finishedAt: startedAt } };
}

function contains(current: unknown, wanted: unknown): boolean {
  if (Array.isArray(wanted)) {
    return (
      Array.isArray(current) &&
      current.length === wanted.length &&
      wanted.every((entry, index) => contains(current[index], entry))
    );
  }
  if (typeof wanted === 'object' && wanted !== null) {
    const entries = Object.entries(wanted);
    // A container state must not carry an old state beside the new one.
    if ('running' in wanted || 'waiting' in wanted || 'terminated' in wanted) {
      if (Object.keys(obj(current)).length !== entries.length) return false;
    }
    return entries.every(([key, value]) => contains(at(current, key), value));
  }
  return current === wanted;
}
