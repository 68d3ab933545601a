import { queryObjects } from 'node:v8';

/**
 * Gives the memory that only the start needed back to the system, once, when the start is over. V8 would keep it
 * until calls fill the heap, and an idle function has none. Counting objects is asked for only because V8 collects
 * all garbage before it counts: the collector itself can be reached by a flag alone, under which Node rejects the
 * compiled code of its own modules.
 */
export function releaseStartupMemory(): void {
  setTimeout(() => queryObjects(class Nothing {}, { format: 'count' }), 1000).unref();
}
