import type { ControlPlaneSpec } from '../../api/parts/control-plane.ts';
import { type ClusterId, names } from '../../base/names.ts';
import type { KubeObject } from '../../base/object.ts';
import { metadataOf } from '../metadata.ts';

/** Port of the Kubernetes API on Kamaji's Service. */
export const API_PORT = 6443;

/**
 * The Cluster API Cluster. It has no endpoint of its own: Kamaji's provider publishes the internal one, by which the
 * workers join, on the control plane and the infrastructure, and Cluster API copies it from there.
 */
export function cluster(id: ClusterId, { network }: ControlPlaneSpec): KubeObject {
  const name = names.controlPlane(id);
  return {
    apiVersion: 'cluster.x-k8s.io/v1beta2',
    kind: 'Cluster',
    metadata: metadataOf(id, name),
    spec: {
      clusterNetwork: {
        apiServerPort: API_PORT,
        pods: { cidrBlocks: [network.podCidr] },
        services: { cidrBlocks: [network.serviceCidr] },
        serviceDomain: network.clusterDomain,
      },
      controlPlaneRef: { apiGroup: 'controlplane.cluster.x-k8s.io', kind: 'KamajiControlPlane', name },
      infrastructureRef: { apiGroup: 'infrastructure.cluster.x-k8s.io', kind: 'KubevirtCluster', name },
    },
  };
}
