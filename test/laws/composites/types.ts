import type { SimulatedComposite } from '../../../src/simulate/index.ts';

/** A law about every composite of a claim once nothing changes any more. */
export interface CompositeLaw {
  /** What holds, as a test is named. */
  fact: string;
  /** What does not hold. */
  violations(composite: SimulatedComposite): string[];
  /** Makes a composite that breaks it of one that does not: a law that lets it pass would let everything pass. */
  broken(composite: SimulatedComposite): SimulatedComposite;
}
