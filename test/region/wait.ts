import { setTimeout as delay } from 'node:timers/promises';
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
