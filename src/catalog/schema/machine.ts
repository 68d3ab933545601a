import { z } from 'zod';
import { quantity } from './values.ts';

export const instanceType = z.strictObject({ cpu: z.int().min(1).max(512), memory: quantity });

export const gpu = z.strictObject({
  /** Device name on the platform, the canonical spelling. */
  device: z.string().min(1),
  /** Value of the node label gpu-type. */
  model: z.string().min(1),
  aliases: z.array(z.string().min(1)).default([]),
  /** Zones that have it; absent means all. */
  zones: z.array(z.string()).min(1).optional(),
});
export type CatalogGpu = z.infer<typeof gpu>;
