import { setTimeout as delay } from 'node:timers/promises';
import type { GVK, Kube, KubeObject } from './kube.ts';
import { patience } from './patience.ts';

/**
 * Asks again and again until the answer is neither undefined nor false; errors count as "not yet". A slow machine
 * waits longer.
 */
export async function waitFor<T>(
  what: string,
  ask: () => Promise<T | undefined | false>,
  { timeoutMs = 60_000, everyMs = 100 }: { timeoutMs?: number; everyMs?: number } = {},
): Promise<T> {
  const deadline = Date.now() + patience(timeoutMs);
  let last = '';
  while (true) {
    try {
      const answer = await ask();
      if (answer !== undefined && answer !== false) return answer;
    } catch (error) {
      last = `: ${error instanceof Error ? error.message : String(error)}`;
    }
    if (Date.now() > deadline) throw new Error(`cannot wait any longer for ${what}${last}`);
    await delay(everyMs);
  }
}

/**
 * Watches a kind until its objects, by name, leave nothing missing. Asking again and again instead would keep the
 * API server from the work that is waited for.
 */
export async function waitForObjects(
  kube: Kube,
  kind: GVK,
  what: string,
  missing: (objects: ReadonlyMap<string, KubeObject>) => string[],
  { timeoutMs = 60_000, labelSelector }: { timeoutMs?: number; labelSelector?: string } = {},
): Promise<void> {
  const objects = new Map<string, KubeObject>();
  let stop: () => void = () => undefined;
  let timer: NodeJS.Timeout | undefined;
  try {
    await new Promise<void>((resolve, reject) => {
      // Before the first list is complete, what is absent may just not have been told yet.
      let complete = false;
      const look = (): void => {
        if (complete && missing(objects).length === 0) resolve();
      };
      timer = setTimeout(() => {
        reject(new Error(`cannot wait any longer for ${what}: ${missing(objects).join('; ')}`));
      }, patience(timeoutMs));
      stop = kube.watch(
        kind,
        ({ type, object }) => {
          if (type === 'DELETED') objects.delete(object.metadata.name);
          else objects.set(object.metadata.name, object);
          look();
        },
        {
          labelSelector,
          onSynced: () => {
            complete = true;
            look();
          },
        },
      );
    });
  } finally {
    stop();
    clearTimeout(timer);
  }
}
