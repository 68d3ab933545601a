import { z } from 'zod';
import { cidr } from './values.ts';

/** A whole annotation key, or the beginning of many, ending in `*`. */
const annotation = z
  .string()
  .regex(
    /^[a-z0-9][-a-z0-9_./]*\*?$/i,
    'is not an annotation key such as example.com/pool, or a beginning of one with *',
  );

/**
 * What a tenant's load balancer Service may carry into the platform: the cloud controller copies its annotations and
 * its requested address into a Service beside the control plane (package/policies/load-balancers.yaml refuses the rest).
 */
export const loadBalancers = z.strictObject({
  /** Annotations that mean nothing to the platform's own controllers, or something harmless. */
  annotations: z.array(annotation).max(64),
  /** Ranges from which a tenant may request an address; none listed means none. */
  addresses: z.array(cidr).max(32),
});
