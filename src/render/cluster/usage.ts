import type { KubeObject } from '../../base/object.ts';
import { present } from '../../base/present.ts';

/** One end of a Usage. */
export interface UsageEnd {
  apiVersion: string;
  kind: string;
  name: string;
}

export interface UsageOptions {
  name: string;
  /** Namespace of the Usage and of what it keeps. */
  namespace: string;
  /** What is kept; in the same namespace, because a namespaced Usage of a cluster-scoped object protects nothing. */
  of: UsageEnd;
  /** What must be gone before; in the same namespace or cluster-scoped. */
  by: UsageEnd;
  /** Shown to whoever tries to delete. */
  reason: string;
  labels?: Record<string, string>;
}

/**
 * A Usage that keeps one object until another is gone, and then repeats the deletion that it refused. Functions do not
 * run while their composite is deleted, so the order of deletion is declared beforehand (decision deletion-order).
 */
export function renderUsage({ name, namespace, of, by, reason, labels }: UsageOptions): KubeObject {
  return {
    apiVersion: 'protection.crossplane.io/v1beta1',
    kind: 'Usage',
    metadata: present({ name, namespace, labels }),
    spec: { replayDeletion: true, reason, of: end(of), by: end(by) },
  };
}

/**
 * The same for a cluster-scoped object. It does not repeat the deletion: what it keeps, a namespace, may hold more than
 * ours when the time has come, and whoever wants it gone has been told what to delete first.
 */
export function renderClusterUsage({ name, of, by, reason, labels }: Omit<UsageOptions, 'namespace'>): KubeObject {
  return {
    apiVersion: 'protection.crossplane.io/v1beta1',
    kind: 'ClusterUsage',
    metadata: present({ name, labels }),
    spec: { replayDeletion: false, reason, of: end(of), by: end(by) },
  };
}

function end({ apiVersion, kind, name }: UsageEnd): {
  apiVersion: string;
  kind: string;
  resourceRef: { name: string };
} {
  return { apiVersion, kind, resourceRef: { name } };
}
