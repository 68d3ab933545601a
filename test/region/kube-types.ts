import type { JsonObject } from './json.ts';

/** Any object of a Kubernetes API. */
export interface KubeObject {
  apiVersion: string;
  kind: string;
  metadata: ObjectMeta;
  spec?: JsonObject;
  status?: JsonObject;
  data?: Record<string, string>;
  type?: string;
  [key: string]: unknown;
}

/** The metadata the region reads and writes. */
export interface ObjectMeta {
  name: string;
  namespace?: string | undefined;
  uid?: string;
  resourceVersion?: string;
  generation?: number;
  labels?: Record<string, string>;
  annotations?: Record<string, string>;
  finalizers?: string[];
  ownerReferences?: OwnerReference[];
  deletionTimestamp?: string;
  creationTimestamp?: string;
  [key: string]: unknown;
}

/** An owner of an object. */
export interface OwnerReference {
  apiVersion: string;
  kind: string;
  name: string;
  uid: string;
  controller?: boolean;
  blockOwnerDeletion?: boolean;
}

/** A kind with its group and version: `v1/Pod`, `apps/v1/Deployment`. */
export type GVK = `${string}/${string}`;

/** Where a kind lives in the API. */
export interface ResourceId {
  apiVersion: string;
  kind: string;
  plural: string;
  namespaced: boolean;
}

/** One change seen by a watch. */
export interface WatchEvent {
  type: 'ADDED' | 'MODIFIED' | 'DELETED';
  object: KubeObject;
}

/** An answer of an API server other than success. */
export class KubeError extends Error {
  readonly status: number;
  readonly reason: string;

  constructor(status: number, reason: string, message: string) {
    super(message);
    this.name = 'KubeError';
    this.status = status;
    this.reason = reason;
  }
}
