import { type ClusterId, names } from '../../base/names.ts';
import type { KubeObject } from '../../base/object.ts';
import { metadataOf } from '../metadata.ts';

/** Infrastructure of the cluster. Without the annotation CAPK would make a load balancer for the API of its own. */
export function kubevirtCluster(id: ClusterId): KubeObject {
  return {
    apiVersion: 'infrastructure.cluster.x-k8s.io/v1alpha1',
    kind: 'KubevirtCluster',
    metadata: {
      ...metadataOf(id, names.controlPlane(id)),
      annotations: { 'cluster.x-k8s.io/managed-by': 'kamaji' },
    },
  };
}
