import { z } from 'zod';
import { cidr } from './values.ts';
import { minor } from './version.ts';

/** What the programs of the platform can do; it bounds what the catalogue can offer. */
export const platform = z.strictObject({
  /** Kubernetes minors the platform's Cluster API manages, both ends included. */
  clusterApi: z.strictObject({ from: minor, to: minor }),
  /** Addresses of the platform's own Pods, Services and networks: a cluster that used them could not reach them. */
  ranges: z.array(cidr),
});
