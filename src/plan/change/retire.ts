import type { NodePoolSpec } from '../../api/parts/node-pool.ts';
import { byKey } from '../../base/json.ts';
import type { Children } from '../children.ts';
import type { ObservedCluster, ObservedPool } from '../observed.ts';
import type { PartName } from './pending.ts';

/** A part that is let go: left out of what is desired, so that Crossplane deletes it. */
export interface Leaving {
  part: PartName;
  /** Why it may go, in plain words. */
  reason: string;
}

/**
 * Node groups that are no longer asked for, on their way out in two steps (decision two-step-removal): kept with
 * `retire` until the child reports that Crossplane sees none of its objects any more, then let go.
 */
export function retire(
  asked: Children['pools'],
  { pools: observed }: ObservedCluster,
): { pools: Record<string, NodePoolSpec>; leaving: Leaving[] } {
  const old = byKey(observed).filter(([group]) => !Object.hasOwn(asked, group));
  const staying = old.filter(([, pool]) => !isGone(pool));
  return {
    pools: { ...asked, ...Object.fromEntries(staying.map(([group, { spec }]) => [group, { ...spec, retire: true }])) },
    leaving: old
      .filter(([, pool]) => isGone(pool))
      .map(([group]) => ({
        part: `pool-${group}`,
        reason: 'the claim asks for it no more, and nothing of it is left',
      })),
  };
}

/**
 * Whether nothing of a retiring group is left. A count may be from an earlier retirement, of a group that came back in
 * between: it is believed only when it was made of the present spec, and Crossplane has recorded nothing either.
 */
function isGone({ spec, status, generation, recorded = 0 }: ObservedPool): boolean {
  return spec.retire === true && status?.composed === 0 && status.composedAt === generation && recorded === 0;
}
