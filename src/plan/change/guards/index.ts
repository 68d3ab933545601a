import type { Facts } from '../facts.ts';
import type { Hold } from '../pending.ts';
import type { Step } from '../steps/types.ts';
import { comesUpInOrder } from './comes-up-in-order.ts';
import { controlPlaneFirst } from './control-plane-first.ts';
import { drainsFirst } from './drains-first.ts';
import { etcdStands } from './etcd-stands.ts';
import { hostsFirst } from './hosts-first.ts';
import { oneMinorAtATime } from './one-minor-at-a-time.ts';
import type { Guard } from './types.ts';

/**
 * Every guard, in the order they are asked: the first that holds a step back is the one that is told
 * (decision guards-are-a-list).
 */
export const GUARDS: readonly Guard[] = [
  comesUpInOrder,
  etcdStands,
  oneMinorAtATime,
  controlPlaneFirst,
  hostsFirst,
  drainsFirst,
];

/** Why a step must not be taken yet, by the first guard that says so. */
export function holdOf(step: Step, facts: Facts, guards: readonly Guard[] = GUARDS): Hold | undefined {
  for (const guard of guards) {
    const hold = guard(step, facts);
    if (hold) return hold;
  }
  return undefined;
}
