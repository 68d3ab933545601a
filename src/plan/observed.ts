import { z } from 'zod';
import { addonsSpec, addonsStatus } from '../api/parts/addons.ts';
import { controlPlaneSpec, controlPlaneStatus } from '../api/parts/control-plane.ts';
import { etcdSpec, etcdStatus } from '../api/parts/etcd.ts';
import { nodePoolSpec, nodePoolStatus } from '../api/parts/node-pool.ts';
import { present } from '../base/present.ts';
import type { Accepted, Children } from './children.ts';

/**
 * The parts as observed. Their specs hold the resolved cluster as it was last let through: they, and nothing else, are
 * what is accepted (decision accepted-is-specs). Loose, so that fields a newer function wrote survive being carried
 * over.
 */
export const observedCluster = z.object({
  etcd: part(etcdSpec, etcdStatus).optional(),
  controlPlane: part(controlPlaneSpec, controlPlaneStatus).optional(),
  addons: part(addonsSpec, addonsStatus).optional(),
  dataStore: z.object({ name: z.string(), ready: z.boolean() }).optional(),
  pools: z.record(z.string(), part(nodePoolSpec, nodePoolStatus)),
  /** Usages that hold etcd and the namespace, as far as they exist. */
  usages: z.array(z.enum(['usage-etcd', 'usage-namespace'])).optional(),
});
export type ObservedCluster = z.infer<typeof observedCluster>;
export type ObservedPool = ObservedCluster['pools'][string];

/** A Pod of the control plane or of etcd, as far as it tells about its zone. */
export interface Member {
  zone: string;
  ready: boolean;
  /** Since when it is ready, or not. */
  since: Date;
}

export const NOTHING_OBSERVED: ObservedCluster = { pools: {} };

/** The specs alone: what a target may know of what runs. */
export function acceptedOf({ etcd, controlPlane, addons, dataStore, pools }: ObservedCluster): Accepted {
  return present({
    etcd: etcd?.spec,
    controlPlane: controlPlane?.spec,
    addons: addons?.spec,
    dataStore: dataStore?.name,
    pools: specsOf(pools),
  });
}

function specsOf(pools: ObservedCluster['pools']): Children['pools'] {
  return Object.fromEntries(Object.entries(pools).map(([group, { spec }]) => [group, spec]));
}

function part<Spec extends z.ZodRawShape, Status extends z.ZodRawShape>(
  spec: z.ZodObject<Spec>,
  status: z.ZodObject<Status>,
) {
  return z.object({
    spec: spec.loose(),
    status: status.loose().optional(),
    /** Whether everything of it is there and ready. */
    ready: z.boolean().optional(),
    /** Generation of its spec, where the API server has given it one. */
    generation: z.int().optional(),
    /** How many objects Crossplane has recorded as made by it. */
    recorded: z.int().optional(),
  });
}
