import type { HoldCode } from '../finding.ts';

/**
 * Something of an accepted claim that waits (decision held-is-told): it goes on by itself once what it waits for is
 * there.
 */
export interface Pending extends Hold {
  /** Part it is about, as Crossplane knows it in the composite: `control-plane`, `pool-web`. */
  part: PartName;
  /** Field of the claim, for example `spec.version`. */
  path: string;
}

/** Why a step may not be taken yet. */
export interface Hold {
  code: HoldCode;
  /** What it waits for; no counters and no times, so that it changes when something happens. */
  reason: string;
  /** What would free it. */
  remedy: string;
  /** When it goes on, where that is known. */
  until?: Date;
}

/** Parts of a cluster by their composition resource names. */
export type PartName =
  | 'etcd'
  | 'datastore'
  | 'usage-etcd'
  | 'usage-namespace'
  | 'control-plane'
  | 'addons'
  | `pool-${string}`;
