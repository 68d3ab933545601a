import { byKey, entryOf } from '../../../base/json.ts';
import { type NodeImage, nodeImage } from '../../target/node-pool/node-image.ts';
import type { TargetChildren } from '../../target/types.ts';
import { reachedVersion } from '../facts.ts';
import type { Step, StepContext, Steps } from './types.ts';

/** The nodes of a group get another version or image, or their first. */
export const nodes: Steps = (target, context) =>
  byKey(target.pools).flatMap(([group, pool]): Step[] => {
    const before = entryOf(context.accepted.pools, group);
    if (before && before.version === pool.version && before.image === pool.image) return [];
    const now = imageNow(group, pool.version, context);
    const step = {
      part: `pool-${group}` as const,
      path: `spec.nodeGroups.${group}`,
      to: pool.version,
      without: (children: TargetChildren) => (now ? withImage(children, group, now) : children),
    };
    return before
      ? [{ ...step, kind: 'nodes', from: before.version }]
      : [{ ...step, kind: 'first-nodes', version: now?.version }];
  });

/** What the nodes may have by what the control plane has reached. While nobody knows, nodes keep what they have. */
function imageNow(group: string, target: string, { accepted, facts }: StepContext): NodeImage | undefined {
  const before = entryOf(accepted.pools, group);
  const version = reachedVersion(facts) ?? before?.version ?? target;
  return nodeImage({ catalog: facts.catalog, version, accepted: before, pools: accepted.pools });
}

function withImage(children: TargetChildren, group: string, image: NodeImage): TargetChildren {
  const pool = entryOf(children.pools, group);
  return pool ? { ...children, pools: { ...children.pools, [group]: { ...pool, ...image } } } : children;
}
