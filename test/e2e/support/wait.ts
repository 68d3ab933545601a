import { setTimeout as delay } from 'node:timers/promises';
import { isDeepStrictEqual } from 'node:util';
import { patience } from '../../region/patience.ts';

export interface Limits {
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
  const { timeoutMs = LONG_MS, everyMs = 500, explain } = limits;
  const deadline = Date.now() + patience(timeoutMs);
  for (;;) {
    const answer = await ask();
    if (answer !== undefined && answer !== false) return answer;
    if (Date.now() > deadline) throw new Error(`cannot wait any longer for ${what}\n${explain ? await explain() : ''}`);
    await delay(everyMs);
  }
}

/**
 * Asks until everything that is expected of the answer holds, all of the same answer: for what a controller brings about
 * in its own time, or may change for a moment. On a timeout the error is the expectation that last failed.
 */
export async function untilHolds<T>(
  what: string,
  ask: () => Promise<T>,
  expectations: (answer: T) => void,
  limits: Omit<Limits, 'explain'> = {},
): Promise<T> {
  let failure: unknown;
  return until(
    what,
    async () => {
      const answer = await ask();
      try {
        expectations(answer);
        return { answer };
      } catch (error) {
        failure = error;
        return undefined;
      }
    },
    { ...limits, explain: async () => String(failure) },
  ).then(({ answer }) => answer);
}

/** Asks until two answers, some seconds apart, are equal: what has come to rest, however it got there. */
export async function untilAtRest<T>(what: string, ask: () => Promise<T>): Promise<T> {
  let last = await ask();
  return until(
    `${what} to come to rest`,
    async () => {
      await delay(AT_REST_MS);
      const answer = await ask();
      const rests = isDeepStrictEqual(answer, last);
      last = answer;
      return rests && { answer };
    },
    { everyMs: 0 },
  ).then(({ answer }) => answer);
}

/** Longer than one round of a controller after the change before it. */
const AT_REST_MS = 3_000;

/** Ample: clusters that come and go beside a test may keep controllers from it for a minute and more. */
const LONG_MS = 240_000;
