import { CLAIM_KIND } from '../../api/group.ts';
import { CLUSTER_LABEL } from '../../base/labels.ts';
import { type ClusterId, clusterScopedNameFor } from '../../base/names.ts';
import type { KubeObject } from '../../base/object.ts';
import { renderClusterUsage } from '../../render/cluster/usage.ts';

/** Marks the ClusterUsages whose reason is told to whoever deletes a namespace (package/policies/held-namespaces.yaml). */
const HOLDS_LABEL = 'hikube.cloud/holds';

/**
 * The namespace stays as long as a cluster lives in it. Deleted with its content in no order, it would lose etcd's keys
 * and Pods before the control plane whose finalizer needs them, and never end. It is held by the DataStore, which Kamaji
 * keeps until every tenant control plane has left it; before there is one, the namespace can go at any time.
 */
export function namespaceUsage(cluster: ClusterId, store: KubeObject): KubeObject {
  return renderClusterUsage({
    name: clusterScopedNameFor(cluster, 'namespace'),
    labels: { [CLUSTER_LABEL]: cluster.name, [HOLDS_LABEL]: 'namespace' },
    of: { apiVersion: 'v1', kind: 'Namespace', name: cluster.namespace },
    by: { apiVersion: store.apiVersion, kind: store.kind, name: store.metadata.name },
    reason: `a cluster lives in it; delete the ${CLAIM_KIND} ${cluster.name} first and wait until it is gone`,
  });
}
