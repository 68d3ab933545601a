import type { NodePoolSpec } from '../../api/parts/node-pool.ts';
import {
  CLUSTER_API_LABEL,
  CLUSTER_LABEL,
  NODE_GROUP_LABEL,
  POOL_ZONE_LABEL,
  roleLabel,
  TOPOLOGY_ZONE_LABEL,
} from '../../base/labels.ts';
import type { ClusterId } from '../../base/names.ts';

import { gpuLabels } from './gpu.ts';

/** Labels of every object of a pool on the platform. */
export function poolLabels(id: ClusterId, spec: NodePoolSpec): Record<string, string> {
  return { [CLUSTER_LABEL]: id.name, [CLUSTER_API_LABEL]: id.name, [NODE_GROUP_LABEL]: spec.group };
}

/** Labels of the objects of one zone of a pool; by them the pool finds its own observed objects again. */
export function zoneLabels(id: ClusterId, spec: NodePoolSpec, zone: string): Record<string, string> {
  return { ...poolLabels(id, spec), [POOL_ZONE_LABEL]: zone };
}

/** Labels a node gives itself when it joins, in stable order; ours win over a tenant's. */
export function kubeletLabels(spec: NodePoolSpec, zone: string): Record<string, string> {
  return sorted({
    ...spec.labels,
    ...gpuLabels(spec.gpus),
    [NODE_GROUP_LABEL]: spec.group,
    [TOPOLOGY_ZONE_LABEL]: zone,
  });
}

/** Role labels: a kubelet may not give itself one, so Cluster API copies them from the Machine. */
export function roleLabels(spec: NodePoolSpec): Record<string, string> {
  return sorted(Object.fromEntries(spec.roles.map(role => [roleLabel(role), ''])));
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
