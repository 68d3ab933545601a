import { z } from 'zod';
import { addonsSpec, addonsStatus } from '../api/parts/addons.ts';
import { controlPlaneSpec, controlPlaneStatus } from '../api/parts/control-plane.ts';
import { etcdSpec, etcdStatus } from '../api/parts/etcd.ts';
import { nodePoolSpec, nodePoolStatus } from '../api/parts/node-pool.ts';

/**
 * The children as observed. Their specs hold the resolved cluster as it was last let through: they, and nothing else,
 * are what is accepted (design section 3). Loose, so that fields a newer function wrote survive being carried over.
 */
export const observedCluster = z.object({
  etcd: child(etcdSpec, etcdStatus).optional(),
  controlPlane: child(controlPlaneSpec, controlPlaneStatus).optional(),
  addons: child(addonsSpec, addonsStatus).optional(),
  /** Name of the DataStore, which a cluster keeps for life. */
  dataStore: z.string().optional(),
  pools: z.record(z.string(), child(nodePoolSpec, nodePoolStatus)),
});
export type ObservedCluster = z.infer<typeof observedCluster>;

export const NOTHING_OBSERVED: ObservedCluster = { pools: {} };

function child<Spec extends z.ZodRawShape, Status extends z.ZodRawShape>(
  spec: z.ZodObject<Spec>,
  status: z.ZodObject<Status>,
) {
  return z.object({
    spec: spec.loose(),
    status: status.loose().optional(),
    /** Generation of its spec, where the API server has given it one. */
    generation: z.int().optional(),
    /** How many objects Crossplane has recorded as made by it. */
    recorded: z.int().optional(),
  });
}
