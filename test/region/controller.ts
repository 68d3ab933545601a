import type { GVK, Kube, KubeObject } from './kube.ts';
import type { Log } from './log.ts';

/** What a controller reconciles. */
export interface Key {
  namespace?: string | undefined;
  name: string;
}

/** A kind whose changes wake the controller; without `map` the changed object's own key is reconciled. */
export interface WatchSource {
  kind: GVK;
  namespace?: string | undefined;
  labelSelector?: string | undefined;
  map?: (object: KubeObject) => Key[];
  /** Another API server than the controller's own. */
  kube?: Kube;
}

/** Asks for another reconcile of the key. */
export interface Requeue {
  requeueAfterMs?: number | undefined;
}

/** A controller: sources, and the one function that brings the world of a key in line. */
export interface ControllerOptions {
  name: string;
  kube: Kube;
  watches: WatchSource[];
  /** Must be idempotent. Throwing retries with growing delay. */
  reconcile(key: Key): Promise<Requeue | undefined> | Promise<void>;
  log: Log;
}

/** Handle of a running controller. */
export interface Controller {
  /** Queues a key by hand, for events that no watch shows (a process died). */
  enqueue(key: Key): void;
  /** Ends the watches and waits for reconciles under way. */
  stop(): Promise<void>;
}

/** Runs a controller: one reconcile at a time per key, keys beside each other, changes in between merged. */
export function runController(options: ControllerOptions): Controller {
  const { name, kube, reconcile, log } = options;
  const running = new Map<string, Promise<void>>();
  const dirty = new Set<string>();
  const timers = new Map<string, NodeJS.Timeout>();
  const failures = new Map<string, number>();
  let stopped = false;

  const enqueue = (key: Key): void => {
    if (stopped) return;
    const id = `${key.namespace ?? ''}/${key.name}`;
    clearTimeout(timers.get(id));
    timers.delete(id);
    if (running.has(id)) {
      dirty.add(id);
      return;
    }
    running.set(
      id,
      work(id, key).finally(() => {
        running.delete(id);
        if (dirty.delete(id)) enqueue(key);
      }),
    );
  };

  const work = async (id: string, key: Key): Promise<void> => {
    // Lets events that arrive in one burst collapse into one reconcile.
    await new Promise(resolve => setImmediate(resolve));
    try {
      const result = await reconcile(key);
      failures.delete(id);
      if (typeof result === 'object' && result.requeueAfterMs !== undefined) later(id, key, result.requeueAfterMs);
    } catch (error) {
      const count = (failures.get(id) ?? 0) + 1;
      failures.set(id, count);
      if (!stopped) log(`${name} ${id}: ${error instanceof Error ? error.message : String(error)}`);
      later(id, key, Math.min(FIRST_RETRY_MS * 2 ** (count - 1), LAST_RETRY_MS));
    }
  };

  const later = (id: string, key: Key, ms: number): void => {
    if (stopped) return;
    clearTimeout(timers.get(id));
    timers.set(
      id,
      setTimeout(() => enqueue(key), ms),
    );
  };

  const stops = options.watches.map(source =>
    (source.kube ?? kube).watch(
      source.kind,
      ({ object }) => {
        const { namespace, name: own } = object.metadata;
        for (const key of source.map ? source.map(object) : [{ namespace, name: own }]) enqueue(key);
      },
      { namespace: source.namespace, labelSelector: source.labelSelector, log: line => log(`${name}: ${line}`) },
    ),
  );

  return {
    enqueue,
    async stop() {
      stopped = true;
      for (const stop of stops) stop();
      for (const timer of timers.values()) clearTimeout(timer);
      timers.clear();
      await Promise.all(running.values());
    },
  };
}

const FIRST_RETRY_MS = 250;
const LAST_RETRY_MS = 15_000;
