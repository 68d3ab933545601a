import { z } from 'zod';
import { QUANTITY_PATTERN } from '../../base/quantity.ts';

const quantity = (description: string) => z.string().regex(new RegExp(QUANTITY_PATTERN)).max(32).describe(description);

/** A quantity of memory or disk, for example `50Gi`; empty means not set. */
export const sizeQuantity = quantity;

/** Presets, smallest first (D11). */
export const PRESETS = ['nano', 'micro', 'small', 'medium', 'large', 'xlarge', '2xlarge'] as const;

/** CPU and memory, both optional; an empty string counts as not set (D16). */
export const resources = z
  .object({
    cpu: quantity('CPU cores, for example `2` or `500m`.').optional(),
    memory: quantity('Memory, for example `4Gi`.').optional(),
  })
  .describe('Explicit CPU and memory. When set, they win over the preset or the instance type.');

export const preset = z
  .enum(PRESETS)
  .describe(
    "Named size from the platform's catalogue, smallest first: nano, micro, small, medium, large, xlarge, 2xlarge.",
  );

/** How one component of the control plane is sized. */
export const componentSize = z
  .object({ resources: resources.optional(), resourcesPreset: preset.optional() })
  .describe('Size of this component: explicit resources win over the preset.');
export type ComponentSize = z.infer<typeof componentSize>;
