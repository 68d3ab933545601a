import { minorNumber } from '../../catalog/minor.ts';
import type { Hold } from '../hold.ts';
import { minorKey, type VersionPlan } from '../target/version.ts';

/**
 * Lets a step to the next minor go only once the one before it runs, because an API server that is skipped never
 * migrates what it stores (H46). While nobody knows what runs, the step waits.
 *
 * @param accepted version the control plane's spec holds, vX.Y.Z
 * @param reached version the control plane runs, where it is known
 */
export function holdStep(
  plan: VersionPlan,
  accepted: string | undefined,
  reached: string | undefined,
): VersionPlan & { pending: Hold[] } {
  const goesUp =
    plan.target !== undefined && accepted !== undefined && minorNumber(plan.target) > minorNumber(accepted);
  if (!goesUp || (reached !== undefined && minorNumber(reached) >= minorNumber(accepted)))
    return { ...plan, pending: [] };
  const reason = `${minorKey(plan.target ?? '')} waits until the control plane runs ${minorKey(accepted)}`;
  return { ...plan, target: accepted, pending: [{ path: 'spec.version', reason }] };
}
