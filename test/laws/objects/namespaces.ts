import type { KubeObject } from '../../../src/base/object.ts';
import type { ObjectLaw } from './types.ts';

/** Kinds of the platform that have no namespace. */
const CLUSTER_SCOPED = ['ClusterUsage', 'DataStore', 'HostReservation'];

export const namespaces: ObjectLaw = {
  fact: "lies in the claim's own namespace, or is of a kind that has none",
  violations: ({ kind, metadata }, tenant) => {
    if (tenant === undefined) return [];
    const expected = CLUSTER_SCOPED.includes(kind) ? undefined : tenant;
    return metadata.namespace === expected ? [] : [`metadata.namespace: ${metadata.namespace}`];
  },
  broken: [within('Secret', 'victim'), within('Secret'), within('DataStore', 'acme')],
};

function within(kind: string, namespace?: string): KubeObject {
  return { apiVersion: 'v1', kind, metadata: { name: 'a', ...(namespace ? { namespace } : {}) } };
}
