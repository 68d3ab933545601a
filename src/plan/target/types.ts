import type { AddonsSpec } from '../../api/parts/addons.ts';
import type { ControlPlaneSpec } from '../../api/parts/control-plane.ts';
import type { EtcdSpec } from '../../api/parts/etcd.ts';
import type { NodePoolSpec } from '../../api/parts/node-pool.ts';
import type { Finding } from '../finding.ts';
import type { AddonContext } from './addons/types.ts';
import type { HostPlan } from './hosts.ts';

/** What a request means: the cluster as it is to be once nothing waits any more. */
export interface Target {
  /** Meaningful only without refusals. */
  children: TargetChildren;
  hosts: HostPlan;
  /** Releases nobody switched off, which nothing needs any more. */
  unneeded: readonly string[];
  /** What the add-ons were resolved with: on their way to other releases they are resolved again. */
  context: AddonContext;
  findings: Finding[];
}

export interface TargetChildren {
  etcd: EtcdSpec;
  controlPlane: ControlPlaneSpec;
  pools: Record<string, NodePoolSpec>;
  addons: AddonsSpec;
}
