import type { NodePoolSpec } from '../../api/parts/node-pool.ts';
import type { ClusterId } from '../../base/names.ts';
import { CLUSTER_LABEL } from '../metadata.ts';
import { gpuLabels } from './gpu.ts';

export const NODE_GROUP_LABEL = 'hikube.cloud/node-group';
export const ZONE_LABEL = 'hikube.cloud/zone';
/** The well-known label by which both the platform's and the tenant's scheduler know zones. */
export const TOPOLOGY_ZONE = 'topology.kubernetes.io/zone';
export const CLUSTER_NAME_LABEL = 'cluster.x-k8s.io/cluster-name';

/** Labels of every object of a pool on the platform. */
export function poolLabels(id: ClusterId, spec: NodePoolSpec): Record<string, string> {
  return { [CLUSTER_LABEL]: id.name, [CLUSTER_NAME_LABEL]: id.name, [NODE_GROUP_LABEL]: spec.group };
}

/** Labels of the objects of one zone of a pool; by them the pool finds its own observed objects again. */
export function zoneLabels(id: ClusterId, spec: NodePoolSpec, zone: string): Record<string, string> {
  return { ...poolLabels(id, spec), [ZONE_LABEL]: zone };
}

/** Labels a node gives itself when it joins, in stable order; ours win over a tenant's. */
export function kubeletLabels(spec: NodePoolSpec, zone: string): Record<string, string> {
  return sorted({
    ...spec.labels,
    ...gpuLabels(spec.gpus),
    [NODE_GROUP_LABEL]: spec.group,
    [TOPOLOGY_ZONE]: zone,
  });
}

/** Role labels: a kubelet may not give itself one, so Cluster API copies them from the Machine. */
export function roleLabels(spec: NodePoolSpec): Record<string, string> {
  return sorted(Object.fromEntries(spec.roles.map(role => [`node-role.kubernetes.io/${role}`, ''])));
}

/** `key=value,key=value`, as kubelets and the autoscaler read labels. */
export function joined(labels: Record<string, string>): string {
  return Object.entries(labels)
    .map(([key, value]) => `${key}=${value}`)
    .join(',');
}

function sorted(labels: Record<string, string>): Record<string, string> {
  return Object.fromEntries(Object.entries(labels).sort(([a], [b]) => (a < b ? -1 : 1)));
}
