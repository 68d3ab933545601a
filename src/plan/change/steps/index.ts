import type { TargetChildren } from '../../target/types.ts';
import { appearances } from './appear.ts';
import { etcd } from './etcd.ts';
import { hosts } from './hosts.ts';
import { nodes } from './nodes.ts';
import { releases } from './releases.ts';
import type { Step, StepContext, Steps } from './types.ts';
import { version } from './version.ts';

/** Every kind of step; what a guard is to hold back must be one of them. */
const kinds: readonly Steps[] = [appear, etcd, version, nodes, hosts, releases];

function appear(target: TargetChildren, { facts }: StepContext): Step[] {
  return appearances(target, facts.observed);
}

/** The differences between what is accepted and what is to be, one per part and kind of change. */
export function stepsTo(target: TargetChildren, context: StepContext): Step[] {
  return kinds.flatMap(kind => kind(target, context));
}
