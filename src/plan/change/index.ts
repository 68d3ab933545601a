import type { Accepted, Children } from '../children.ts';
import type { AddonContext } from '../target/addons/types.ts';
import { withoutOthersHosts } from '../target/hosts.ts';
import { autoscalerLimit } from '../target/node-sum.ts';
import type { Target, TargetChildren } from '../target/types.ts';
import type { Facts } from './facts.ts';
import { bounds } from './gradual/bounds.ts';
import { charts } from './gradual/charts.ts';
import { ingress } from './gradual/ingress.ts';
import type { Gradual } from './gradual/types.ts';
import { holdOf } from './guards/index.ts';
import type { Guard } from './guards/types.ts';
import { lostZones, pausedIn } from './lost-zones.ts';
import type { Hold, PartName, Pending } from './pending.ts';
import { retire } from './retire.ts';
import { appearances } from './steps/appear.ts';
import { stepsTo } from './steps/index.ts';
import type { Step } from './steps/types.ts';
import type { Change } from './types.ts';

/** Changes that take many rounds, in the order in which they are brought to their next stop. */
const GRADUAL: readonly Gradual[] = [bounds, ingress, charts];

/** How soon to look again while a zone is lost: that it stays back is told by time alone. */
const LOOK_AGAIN_SECONDS = 30;

/**
 * What of the way to a target may be gone now. Status and clock may delay a step and never take anything away: a step
 * that is held leaves the part as it was let through.
 *
 * @param guards all of them, unless a test leaves one out
 */
export function changeTo(
  { children: target, unneeded }: Target,
  context: AddonContext,
  facts: Facts,
  guards?: readonly Guard[],
): Change {
  const pending: Pending[] = [];
  let next: TargetChildren = target;
  for (const gradual of GRADUAL) {
    const stop = gradual(next, context, facts);
    next = stop.children;
    pending.push(...stop.pending);
  }
  const absent = new Map<PartName, Hold>();
  for (const step of stepsTo(next, { accepted: context.accepted, unneeded, facts })) {
    const hold = holdOf(step, facts, guards);
    if (!hold) continue;
    // Of a part that is not there yet it is told once why.
    if (!absent.has(step.part)) pending.push({ ...hold, part: step.part, path: step.path });
    if (keepsAway(step)) absent.set(step.part, absent.get(step.part) ?? hold);
    next = step.without(next);
  }
  const { pools, leaving } = retire(next.pools, facts.observed);
  const maxNodes = autoscalerLimit(pools, next.controlPlane.network);
  const children = { ...next, pools, controlPlane: { ...next.controlPlane, maxNodes } };
  return { ...pausing(children, facts), pending, absent, leaving };
}

/** What runs goes on, but for hosts that are seen to be somebody else's: to keep those would harm their holder. */
export function carryOn({ dataStore: _, ...accepted }: Accepted, facts: Facts): Change {
  const { controlPlane } = accepted;
  const children: Children = {
    ...accepted,
    ...(controlPlane ? { controlPlane: withoutOthersHosts(controlPlane, facts.reservations) } : {}),
  };
  const absent = appearances(children, facts.observed).flatMap((step): [PartName, Hold][] => {
    const hold = holdOf(step, facts);
    return hold ? [[step.part, hold]] : [];
  });
  return { ...pausing(children, facts), pending: [], absent: new Map(absent), leaving: [] };
}

/** Whether a part must not come into being without this step. */
function keepsAway(step: Step): boolean {
  return step.kind === 'appear' || (step.kind === 'first-nodes' && step.version === undefined);
}

function pausing(children: Children, facts: Facts): Pick<Change, 'children' | 'lostZones' | 'lookAgainAt'> {
  const { catalog, observed, members, now } = facts;
  const lost = catalog.platform.watchPods ? lostZones(observed, members, now) : [];
  const lookAgainAt = new Date(now.getTime() + LOOK_AGAIN_SECONDS * 1000);
  return { children: pausedIn(lost, children), lostZones: lost, ...(lost.length > 0 ? { lookAgainAt } : {}) };
}
