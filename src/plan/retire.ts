import type { NodePoolSpec } from '../api/children/node-pool.ts';
import type { ObservedCluster } from './observed.ts';

/**
 * Node groups that are no longer asked for, on their way out in two steps (design section 3): kept with `retire` until
 * the child reports that Crossplane sees none of its objects any more, then dropped.
 */
export function retired(
  observed: ObservedCluster['pools'],
  asked: Record<string, unknown>,
): Record<string, NodePoolSpec> {
  const leaving = Object.entries(observed).filter(([group, pool]) => !Object.hasOwn(asked, group) && !isGone(pool));
  return Object.fromEntries(leaving.map(([group, pool]) => [group, { ...pool.spec, retire: true }]));
}

function isGone(pool: ObservedCluster['pools'][string]): boolean {
  return pool.spec.retire === true && pool.status?.composed === 0;
}
