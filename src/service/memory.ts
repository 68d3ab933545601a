import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';

/**
 * Gives the memory that only the start needed back to the system, once, when the start is over. V8 would keep it
 * until calls fill the heap, and an idle function has none.
 */
export function releaseStartupMemory(): void {
  setTimeout(() => {
    // The collector is reachable only from a context made after the flag is set.
    setFlagsFromString('--expose-gc');
    const collect: unknown = runInNewContext('gc');
    setFlagsFromString('--no-expose-gc');
    if (typeof collect === 'function') collect({ type: 'major', execution: 'sync', flavor: 'last-resort' });
  }, 1000).unref();
}
