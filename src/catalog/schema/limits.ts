import { z } from 'zod';
import { quantity } from './values.ts';

/** How much a tenant may write in one place. */
const extent = z.strictObject({
  /** Characters of all names and texts together. */
  characters: z.int().min(1024).max(1_000_000),
  /** Entries of all maps and lists together; each of them costs a few microseconds of the one thread in every call. */
  values: z.int().min(64).max(20_000),
});

/** Below a `valuesOverride` the protocol carries some twenty levels; what is deeper cannot be read at all. */
const depth = z.int().min(1).max(20);

/** Largest sizes a tenant may ask for; the smallest ones are the project's own (`src/plan/target/sizes.ts`). */
const ceilings = z.strictObject({
  /** vCPU of a node that is sized by `resources`. */
  nodeCpu: quantity,
  nodeMemory: quantity,
  nodeDisk: quantity,
  /** CPU of one component of a control plane. */
  componentCpu: quantity,
  componentMemory: quantity,
});

/** What one claim may cost the function that serves everybody. */
export const limits = z.strictObject({
  claim: extent,
  /** One `valuesOverride`. */
  override: extent.extend({ depth }),
  /** All of them together. */
  overrides: extent,
  ceilings,
});

export type Limits = z.infer<typeof limits>;
