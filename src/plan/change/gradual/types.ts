import type { AddonContext } from '../../target/addons/types.ts';
import type { TargetChildren } from '../../target/types.ts';
import type { Facts } from '../facts.ts';
import type { Pending } from '../pending.ts';

/**
 * A change that takes many rounds: instead of the end it gives the next stop on the way there, and says what of the way
 * is left.
 */
export type Gradual = (
  target: TargetChildren,
  context: AddonContext,
  facts: Facts,
) => { children: TargetChildren; pending: Pending[] };
