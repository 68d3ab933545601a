import { z } from 'zod';
import { minor } from './version.ts';

/** What the programs of the platform can do; it bounds what the catalogue can offer. */
export const platform = z.strictObject({
  /** Kubernetes minors the platform's Cluster API manages, both ends included. */
  clusterApi: z.strictObject({ from: minor, to: minor }),
});
