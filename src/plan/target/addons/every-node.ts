import type { JsonObject } from '../../../base/json.ts';

/**
 * Tolerations of what must run on every node, whatever its taints: they keep workloads off a node, not its network, its
 * volumes or the view of what happens there. Also of what the network itself needs, so that a cluster whose groups are
 * all tainted has one.
 */
export const EVERY_NODE: JsonObject[] = [{ operator: 'Exists' }];
