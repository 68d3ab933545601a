import type { TargetChildren } from './target/types.ts';

/**
 * The place of hibernation: what the parts of a cluster that sleeps are to be. No claim can ask for sleep yet, so every
 * cluster is awake.
 */
export function asleep(children: TargetChildren): TargetChildren {
  return children;
}
