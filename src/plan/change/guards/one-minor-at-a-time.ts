import { minorNumber } from '../../../catalog/minor.ts';
import { minorKey } from '../../target/version.ts';
import { reachedVersion } from '../facts.ts';
import type { Guard } from './types.ts';

/**
 * A step to the next minor goes only once the one before it runs, because an API server that is skipped never migrates
 * what it stores (H46). While nobody knows what runs, the step waits.
 */
export const oneMinorAtATime: Guard = (step, facts) => {
  if (step.kind !== 'version' || minorNumber(step.to) <= minorNumber(step.from)) return undefined;
  const reached = reachedVersion(facts);
  if (reached !== undefined && minorNumber(reached) >= minorNumber(step.from)) return undefined;
  return {
    code: 'VersionInProgress',
    reason: `${minorKey(step.to)} waits until the control plane runs ${minorKey(step.from)}`,
    remedy: 'wait; if it takes long, look at what the control plane waits for in status.waiting',
  };
};
