import type { IngressEngine } from '../../api/ingress-engines.ts';
import type { Addons } from '../../api/v1alpha1/addons.ts';
import type { NodeGroup, Taint } from '../../api/v1alpha1/node-group.ts';
import type { Catalog } from '../../catalog/index.ts';

/**
 * What a claim asks for, in one spelling and with the defaults of its version: the hub every API version is converted
 * to. What the catalogue offers for it is not decided yet.
 */
export interface Request {
  /** Kubernetes version as written. */
  version: string | undefined;
  /** Public name of the API, in lower case. */
  host: string | undefined;
  storageClass: string | undefined;
  zones: readonly string[] | undefined;
  /** API servers. */
  replicas: number;
  /** Sizes asked for each part of the control plane, the one that wins first. */
  components: Record<Component, readonly AskedSize[]>;
  /** Node groups by name. */
  groups: Record<string, GroupRequest>;
  ingress: IngressRequest;
  addons: Addons;
}

/** A part of the control plane that has a size of its own. */
export type Component = keyof Catalog['controlPlane'];

export interface AskedSize {
  /** Path of the field that asks for it. */
  path: string;
  preset: keyof Catalog['presets'] | undefined;
  cpu: string | undefined;
  memory: string | undefined;
}

export interface GroupRequest {
  name: string;
  /** `spec.nodeGroups.<name>`. */
  path: string;
  /** Fewest and most nodes. */
  min: number;
  max: number;
  instanceType: string;
  /** CPU and memory that override the instance type. */
  cpu: string | undefined;
  memory: string | undefined;
  /** Size of the disk of each node. */
  disk: string | undefined;
  storageClass: string | undefined;
  /** Names of GPUs, one entry per GPU of a node. */
  gpus: readonly string[];
  zones: readonly string[] | undefined;
  roles: readonly string[];
  labels: Readonly<Record<string, string>>;
  taints: readonly Taint[];
  rollout: NodeGroup['rollout'];
}

/** How traffic reaches the cluster. */
export interface IngressRequest {
  /** Whether an ingress controller is wanted. */
  enabled: boolean;
  /** Program that serves it, where the claim names one. */
  engine: IngressEngine | undefined;
  /** Through the shared ingress, or by an address of its own. */
  expose: 'Proxied' | 'LoadBalancer';
  /** Host names in lower case, in the order of the claim. */
  hosts: readonly string[];
}
