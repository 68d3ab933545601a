import { z } from 'zod';
import { image, quantity } from './values.ts';

/** A minor of Kubernetes: the patch offered and what runs with it. */
export const version = z.strictObject({
  patch: z.string().regex(/^v1\.\d+\.\d+$/, 'is not of the form v1.34.4'),
  nodeImage: image,
  /** The smallest root disk the node image boots from: its virtual size. Absent: the platform knows of none. */
  minDisk: quantity.optional(),
  /** Where the tunnel version Kamaji derives from Kubernetes was never published. */
  konnectivity: z.string().optional(),
  autoscaler: image,
});
export type CatalogVersion = z.infer<typeof version>;
