import { z } from 'zod';
import { image, quantity } from './values.ts';

/**
 * Where a minor stands: `preview` only runs when it is asked for by name, `deprecated` is on its way out, `expired` gets
 * no more fixes upstream. `endOfLife` says the same as time passes, so that nobody has to touch the catalogue for it.
 */
const VERSION_STATES = ['preview', 'supported', 'deprecated', 'expired'] as const;

/** Name of a minor of Kubernetes. */
export const minor = z.string().regex(/^v1\.\d+$/, 'is not a minor version such as v1.36');

/** Minors something runs on, both ends included; without `to` also those to come. */
export const minorRange = z.strictObject({ from: minor, to: minor.optional() });

/** A minor of Kubernetes: the patch offered and what runs with it. */
export const version = z.strictObject({
  patch: z.string().regex(/^v1\.\d+\.\d+$/, 'is not of the form v1.36.4'),
  state: z.enum(VERSION_STATES).default('supported'),
  /** The day upstream's fixes end. */
  endOfLife: z.iso.date('is not a date such as 2027-06-28').optional(),
  nodeImage: image,
  /** The smallest root disk the node image boots from: its virtual size. Absent: the platform knows of none. */
  minDisk: quantity.optional(),
  /** Where the tunnel version Kamaji derives from Kubernetes was never published. */
  konnectivity: z
    .string()
    .regex(/^v\d+\.\d+\.\d+$/, 'is not of the form v0.34.0')
    .optional(),
  autoscaler: image,
});
export type CatalogVersion = z.infer<typeof version>;

/** What becomes of a claim for a new cluster on an expired minor; running clusters keep theirs either way. */
export const versionPolicy = z.strictObject({ expired: z.enum(['warn', 'refuse']) });
