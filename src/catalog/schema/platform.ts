import { z } from 'zod';
import { cidr } from './values.ts';
import { minor } from './version.ts';

/** Programs of the platform that make clusters and know only some minors of Kubernetes. */
export const MANAGERS = ['clusterApi', 'kamaji'] as const;

/** What the programs of the platform can do; it bounds what the catalogue can offer. */
export const platform = z.strictObject({
  /** Kubernetes minors the platform's Cluster API manages, both ends included. */
  clusterApi: z.strictObject({ from: minor, to: minor }),
  /** Kubernetes minors Kamaji takes: it refuses newer ones than it was built for. */
  kamaji: z.strictObject({ from: minor, to: minor }),
  /**
   * Version in which instance types are written: `v1` once the platform's KubeVirt serves it, and before it drops
   * v1beta1, for what Crossplane composed in a version that is served no more it can neither change nor remove.
   */
  kubevirt: z.strictObject({ instancetypeApi: z.enum(['v1', 'v1beta1']) }),
  /** Addresses of the platform's own Pods, Services and networks: a cluster that used them could not reach them. */
  ranges: z.array(cidr),
  /**
   * Whether Crossplane may read Pods: by them a lost zone is known. Crossplane keeps every Pod of the platform in its
   * memory for it, and a platform that does not want that loses the protection of nodes in a lost zone.
   */
  watchPods: z.boolean().default(true),
});
