import type { NodePoolSpec } from '../../api/parts/node-pool.ts';

type Taint = NodePoolSpec['taints'][number];

/** Taints in stable order, so that writing them in another order replaces no node. */
export function sortedTaints(spec: NodePoolSpec): Taint[] {
  return [...spec.taints].sort((a, b) => (written(a) < written(b) ? -1 : 1));
}

/** `key=value:Effect`, as the autoscaler reads taints. */
export function written({ key, value, effect }: Taint): string {
  return value ? `${key}=${value}:${effect}` : `${key}:${effect}`;
}
