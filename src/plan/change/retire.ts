import type { NodePoolSpec } from '../../api/parts/node-pool.ts';
import type { ObservedCluster } from '../observed.ts';

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

/**
 * Whether nothing of a retiring group is left. A count may be from an earlier retirement, of a group that came back in
 * between: it is believed only when it was made of the present spec, and Crossplane has recorded nothing either.
 */
export function isGone({ spec, status, generation, recorded = 0 }: ObservedCluster['pools'][string]): boolean {
  return spec.retire === true && status?.composed === 0 && status.composedAt === generation && recorded === 0;
}
