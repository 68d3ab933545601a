import type { NodePoolSpec } from '../../api/parts/node-pool.ts';
import type { JsonObject } from '../../base/json.ts';
import type { ClusterId } from '../../base/names.ts';
import type { KubeObject } from '../../base/object.ts';
import { present } from '../../base/present.ts';
import { EVICT_DISK_BELOW, EVICT_MEMORY_BELOW, reservedOf } from './capacity.ts';
import { joined, kubeletLabels, zoneLabels } from './labels.ts';
import { sortedTaints } from './taints.ts';

/** How one zone's nodes join: labels, taints and reservations of the kubelet. The node image holds everything else. */
export function bootstrapTemplate(id: ClusterId, spec: NodePoolSpec, zone: string, name: string): KubeObject {
  const taints = sortedTaints(spec).map((taint): JsonObject => ({ ...taint }));
  return {
    apiVersion: 'bootstrap.cluster.x-k8s.io/v1beta2',
    kind: 'KubeadmConfigTemplate',
    metadata: { name, namespace: id.namespace, labels: zoneLabels(id, spec, zone) },
    spec: {
      template: {
        spec: {
          joinConfiguration: {
            nodeRegistration: present({
              kubeletExtraArgs: kubeletArguments(spec, zone),
              taints: taints.length > 0 ? taints : undefined,
            }),
          },
        },
      },
    },
  };
}

function kubeletArguments(spec: NodePoolSpec, zone: string): JsonObject[] {
  const { millicores, mebibytes } = reservedOf(spec.machine);
  const reserved = `cpu=${millicores}m,memory=${mebibytes}Mi`;
  return [
    { name: 'node-labels', value: joined(kubeletLabels(spec, zone)) },
    { name: 'system-reserved', value: reserved },
    { name: 'kube-reserved', value: reserved },
    // Images may lie on the same disk, so their threshold is the higher one and garbage collection comes first.
    {
      name: 'eviction-hard',
      value: `memory.available<${percent(EVICT_MEMORY_BELOW)},nodefs.available<${percent(EVICT_DISK_BELOW)},imagefs.available<15%,nodefs.inodesFree<5%`,
    },
    { name: 'eviction-soft', value: 'memory.available<10%,nodefs.available<15%,imagefs.available<20%' },
    {
      name: 'eviction-soft-grace-period',
      value: 'memory.available=1m30s,nodefs.available=1m30s,imagefs.available=1m30s',
    },
    { name: 'eviction-minimum-reclaim', value: 'memory.available=256Mi' },
  ];
}

function percent(share: number): string {
  return `${Math.round(share * 100)}%`;
}
