import type { AddonsSpec } from '../api/parts/addons.ts';
import type { ControlPlaneSpec } from '../api/parts/control-plane.ts';
import type { EtcdSpec } from '../api/parts/etcd.ts';
import type { NodePoolSpec } from '../api/parts/node-pool.ts';

/** Resolved specs of the parts of one cluster: what is accepted, what is the target, or what a plan decides on. */
export interface Children {
  etcd?: EtcdSpec;
  controlPlane?: ControlPlaneSpec;
  /** Node groups by name. */
  pools: Record<string, NodePoolSpec>;
  addons?: AddonsSpec;
}

/** What was last let through: specs alone, no status and no time. */
export interface Accepted extends Children {
  /** Name of the DataStore, which a cluster keeps for life. */
  dataStore?: string;
}
