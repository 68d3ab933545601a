import { z } from 'zod';
import { quantity } from './values.ts';

export const instanceType = z.strictObject({ cpu: z.int().min(1).max(512), memory: quantity });

/** A resource of nodes, as KubeVirt's permitted devices name it. */
const deviceName = z
  .string()
  .regex(
    /^[a-z0-9]([-a-z0-9.]*[a-z0-9])?\/[A-Za-z0-9]([-\w.]{0,61}[A-Za-z0-9])?$/,
    'is not a device name such as nvidia.com/AD102GL_L40S',
  );

export const gpu = z.strictObject({
  /** Device name on the platform, the canonical spelling. */
  device: deviceName,
  /** Value of the node label gpu-type. */
  model: z.string().regex(/^[A-Za-z0-9]([-\w.]{0,61}[A-Za-z0-9])?$/, 'is not the value of a label'),
  aliases: z.array(deviceName).default([]),
  /** Zones that have it; absent means all. */
  zones: z.array(z.string()).min(1).optional(),
});
export type CatalogGpu = z.infer<typeof gpu>;
