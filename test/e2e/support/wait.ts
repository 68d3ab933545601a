import { setTimeout as delay } from 'node:timers/promises';
import { patience } from '../../region/patience.ts';

interface Limits {
  timeoutMs?: number;
  everyMs?: number;
  /** Says what was seen instead, for the error. */
  explain?: () => Promise<string>;
}

/** Asks until the answer is neither undefined nor false. Errors of the question end the wait: they are findings. */
export async function until<T>(
  what: string,
  ask: () => Promise<T | undefined | false>,
  limits: Limits = {},
): Promise<T> {
  const { timeoutMs = 120_000, everyMs = 500, explain } = limits;
  const deadline = Date.now() + patience(timeoutMs);
  for (;;) {
    const answer = await ask();
    if (answer !== undefined && answer !== false) return answer;
    if (Date.now() > deadline) throw new Error(`cannot wait any longer for ${what}\n${explain ? await explain() : ''}`);
    await delay(everyMs);
  }
}
