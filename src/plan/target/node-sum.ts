import type { Addressing } from '../../api/parts/common.ts';
import type { NodePoolSpec } from '../../api/parts/node-pool.ts';
import { parseCidr } from '../../catalog/cidr.ts';
import type { Finding } from '../finding.ts';

/** Pods of one node get a range of this length, the controller manager's own default, which Kamaji leaves as it is. */
const NODE_PREFIX = { 4: 24, 6: 64 } as const;
/** Nodes more than wanted in each zone that is being replaced, where a group says nothing else. */
const SURGE = 1;

export interface NodeSum {
  /** Most nodes the autoscaler may bring the cluster to; the rest of the Pod ranges is for nodes that replace others. */
  maxNodes: number;
  findings: Finding[];
}

/**
 * Sums the groups against the Pod addresses they share: a node beyond them never gets a range, stays unready, and keeps
 * the rollout waiting that made it. Fewest nodes beyond them are refused, unless the cluster was let through with as many
 * before; most nodes beyond them only meet the autoscaler's limit.
 */
export function planNodeSum(
  pools: Record<string, NodePoolSpec>,
  accepted: Record<string, NodePoolSpec>,
  { podCidr }: Addressing,
): NodeSum {
  const ranges = nodeRanges(podCidr);
  const fewest = sumsOf(pools, 'min');
  const most = sumsOf(pools, 'max');
  const maxNodes = Math.max(1, ranges - most.surge);
  if (most.nodes <= maxNodes) return { maxNodes, findings: [] };
  const room = `the Pod addresses ${podCidr} are enough for ${ranges}`;
  if (fewest.nodes + fewest.surge > ranges && fewest.nodes > sumsOf(accepted, 'min').nodes) {
    const message = `the groups hold ${fewest.nodes} nodes at their fewest and ${fewest.surge} more while they are replaced, but ${room}`;
    const remedy = 'lower minReplicas or rollout.maxSurge, or make a second cluster';
    return { maxNodes, findings: [{ code: 'TooManyNodes', path: 'spec.nodeGroups', message, remedy }] };
  }
  const message = `the groups may grow to ${most.nodes} nodes and ${most.surge} more while they are replaced, but ${room}`;
  const remedy = `lower maxReplicas; the autoscaler stops at ${maxNodes} nodes`;
  return { maxNodes, findings: [{ code: 'NodesCapped', path: 'spec.nodeGroups', message, remedy }] };
}

/** Most nodes the autoscaler may bring these groups to. */
export function autoscalerLimit(pools: Record<string, NodePoolSpec>, { podCidr }: Addressing): number {
  return Math.max(1, nodeRanges(podCidr) - sumsOf(pools, 'max').surge);
}

/** How many nodes get Pod addresses; a range that cannot be read, which the catalogue refuses, gives none. */
function nodeRanges(podCidr: string): number {
  const cidr = parseCidr(podCidr);
  return cidr ? 2 ** Math.max(0, NODE_PREFIX[cidr.family] - cidr.prefix) : 0;
}

/** Nodes at their fewest or most, and how many more while all groups are replaced: in a zone at most as many again. */
function sumsOf(pools: Record<string, NodePoolSpec>, bound: 'min' | 'max'): { nodes: number; surge: number } {
  const sum = { nodes: 0, surge: 0 };
  for (const pool of Object.values(pools)) {
    if (pool.retire && bound === 'min') continue;
    const zones = Object.values(pool.zones).map(zone => zone[bound]);
    const surges = zones.map(nodes => Math.min(nodes, pool.rollout?.maxSurge ?? SURGE));
    sum.nodes += zones.reduce((total, nodes) => total + nodes, 0);
    sum.surge += pool.rollout?.zonesInTurn ? Math.max(0, ...surges) : surges.reduce((total, surge) => total + surge, 0);
  }
  return sum;
}
