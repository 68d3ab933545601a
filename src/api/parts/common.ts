import { z } from 'zod';
import { MAX_CLAIM_NAME } from '../limits.ts';
import { leavingLine } from '../v1alpha1/status.ts';

/**
 * Fields every part carries. Parts hold resolved values only; the cluster's composite decides, they render
 * (decision children-only-render).
 */
export const partBase = {
  cluster: z.string().min(1).max(MAX_CLAIM_NAME).describe('Name of the claim this part belongs to.'),
  retire: z
    .boolean()
    .optional()
    .describe(
      'Leave every object out, so that Crossplane deletes them; the parent drops this part once nothing of it is left.',
    ),
};

/** CPU and memory as resolved quantities. */
export const size = z.object({
  cpu: z.string().describe('CPU quantity.'),
  memory: z.string().describe('Memory quantity.'),
});
export type Size = z.infer<typeof size>;

/** Status every part reports to the cluster's composite; written on transitions only. */
export const partStatus = z
  .object({
    message: z.string().optional().describe('What this part waits for; absent when it is ready.'),
    leaving: z.array(leavingLine).optional().describe('What of this part leaves now, and why.'),
    composed: z.int().optional().describe('Objects of this part that Crossplane still sees; 0 after retiring.'),
    composedAt: z.int().optional().describe('Generation of this part at which they were counted.'),
  })
  .describe('State of this part.');

export const addressing = z.object({
  podCidr: z.string().describe('Pod addresses in the cluster.'),
  serviceCidr: z.string().describe('Service addresses in the cluster.'),
  clusterDomain: z.string().describe('DNS domain of the cluster.'),
  dnsServiceIp: z.string().describe('Service address of the cluster DNS.'),
});
export type Addressing = z.infer<typeof addressing>;
