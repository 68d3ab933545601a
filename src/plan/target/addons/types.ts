import type { AddonsSpec, Release } from '../../../api/parts/addons.ts';
import type { Addressing } from '../../../api/parts/common.ts';
import type { ClusterSpec } from '../../../api/v1alpha1/cluster.ts';
import type { JsonObject } from '../../../base/json.ts';
import type { ClusterId } from '../../../base/names.ts';
import type { Catalog } from '../../../catalog/index.ts';
import type { Problem } from '../../finding.ts';
import type { ObservedCluster } from '../../observed.ts';

/** What an add-on may look at when it decides whether and how it is released. */
export interface AddonContext {
  cluster: ClusterId;
  spec: ClusterSpec;
  catalog: Catalog;
  /** Minors: what the API servers run and what the newest nodes do, where that is known, and what both are to run. */
  kubernetes: { reached: string | undefined; nodes: string | undefined; target: string };
  /** Whether any node group has GPUs (reference D5). */
  hasGpus: boolean;
  /** What runs: its releases are what was last let through, its node groups may still be leaving. */
  observed: ObservedCluster;
  /** Roles that some node group carries. */
  roles: ReadonlySet<string>;
  /** Addresses of the cluster: those it has, for they never change. */
  network: Addressing;
  /** Default storage class of the cluster, resolved. */
  storageClass: string;
}

/** One add-on: a file, listed by the registry. An add-on may be several releases (the monitoring agents are three). */
export interface Addon {
  /** Releases by release name, or none when the add-on is off. */
  releases(context: AddonContext): Record<string, Release>;
  /** What the plan must remember of it beside the releases. */
  record?(context: AddonContext): Partial<AddonsSpec>;
  /** Warnings about how the add-on is asked for. */
  warnings?(context: AddonContext): Problem[];
}

/** Helm values. */
export type Values = JsonObject;
