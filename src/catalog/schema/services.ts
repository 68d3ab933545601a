import { z } from 'zod';

/** Where tenants' clusters get their certificates. */
export const acme = z.strictObject({ email: z.string(), server: z.string() });

export const monitoring = z.strictObject({
  /** Where Fluent Bit sends logs; `{namespace}` is the tenant's namespace. */
  logsHost: z.string().min(1),
  logsPort: z.int(),
});
