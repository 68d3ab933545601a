import { z } from 'zod';

export const storageClass = z.strictObject({
  replication: z.enum(['none', 'synchronous', 'asynchronous']),
  copies: z.int().min(1).max(8),
});
