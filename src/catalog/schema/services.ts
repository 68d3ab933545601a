import { z } from 'zod';
import { host, httpsUrl } from './values.ts';

/** Where tenants' clusters get their certificates. Without an address of a person the account has none. */
export const acme = z.strictObject({
  email: z.string().refine(text => text === '' || z.email().safeParse(text).success, 'is not an e-mail address'),
  server: httpsUrl,
});

export const monitoring = z.strictObject({
  /** Where Fluent Bit sends logs; `{namespace}` is the tenant's namespace. */
  logsHost: z
    .string()
    .refine(
      text => host.safeParse(text.replaceAll('{namespace}', 'a-namespace')).success,
      'is neither a host name nor an address; only {namespace} stands for something',
    ),
  logsPort: z.int().min(1).max(65535),
});
