import type { AddonsSpec, Release } from '../../../api/parts/addons.ts';
import type { Addressing } from '../../../api/parts/common.ts';
import type { Addons } from '../../../api/v1alpha1/addons.ts';
import type { JsonObject } from '../../../base/json.ts';
import type { Finding } from '../../finding.ts';
import type { TargetContext } from '../context.ts';

/** What an add-on may look at when it decides how it is released. */
export interface AddonContext extends TargetContext {
  /** Version the cluster is to run. */
  version: string;
  /** Addresses of the cluster: those it has, for they never change. */
  network: Addressing;
  /** Default storage class of the cluster, resolved. */
  storageClass: string;
}

/** One add-on: a file, listed by the registry. An add-on may be several releases (the monitoring agents are three). */
export interface Addon {
  /** Entry of `spec.addons` that switches it; absent for what every cluster has and nobody can change. */
  key?: keyof Addons;
  /** Names under which its `valuesOverride` may be nested; absent where it takes none, or reads it itself. */
  spellings?: readonly string[];
  /** Whether it is wanted; absent means: when its entry says `enabled`. */
  wanted?(context: AddonContext): boolean;
  /** Releases by release name, with the tenant's values laid over them. */
  releases(context: AddonContext, override: Values): Record<string, Release>;
  /** What the plan must remember of it beside the releases. */
  record?(context: AddonContext): Partial<AddonsSpec>;
  /** What is odd about how it is asked for, or that it is not. */
  findings?(context: AddonContext): Finding[];
  /** Releases that outlive the wish for them: while nobody switched them off, what needs them goes first. */
  outlives?: readonly string[];
}

/** Helm values. */
export type Values = JsonObject;
