import type { Children } from '../children.ts';
import type { Hold, PartName, Pending } from './pending.ts';
import type { Leaving } from './retire.ts';

/** What of a change may be made now. */
export interface Change {
  /** Every part that is wanted, those that must not be there yet among them. */
  children: Children;
  /** Parts that must not be there yet. */
  absent: ReadonlyMap<PartName, Hold>;
  /** What of the request is held back for now; the rest of it goes on. */
  pending: Pending[];
  /** Parts that are let go. Every other part that is observed must be desired. */
  leaving: Leaving[];
  /** Zones in which nothing answers. */
  lostZones: string[];
  /** When to look again though nothing is seen to change. */
  lookAgainAt?: Date;
}
