import { z } from 'zod';

export const domain = z.strictObject({
  /** Suffix of default API host names. */
  suffix: z.string().min(1),
  /** Suffixes tenants' own host names must have; empty means any host. */
  allowed: z.array(z.string()),
  ingressClass: z.string().min(1),
});
