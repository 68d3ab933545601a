import type { NodeGroup } from '../../../api/v1alpha1/node-group.ts';
import type { JsonObject } from '../../../base/json.ts';
import type { AddonContext } from './types.ts';

/** Groups that carry a role. */
export function groupsWithRole({ spec }: AddonContext, role: string): NodeGroup[] {
  return Object.values(spec.nodeGroups).filter(group => group.roles?.includes(role));
}

/** Groups with GPUs. */
export function groupsWithGpus({ spec }: AddonContext): NodeGroup[] {
  return Object.values(spec.nodeGroups).filter(group => (group.gpus ?? []).length > 0);
}

/** Nodes the cluster always has. */
export function fewestNodes({ spec }: AddonContext): number {
  return Object.values(spec.nodeGroups).reduce((sum, group) => sum + group.minReplicas, 0);
}

/** Tolerations for every taint of some groups, so that what belongs on their nodes can run there. */
export function tolerationsFor(groups: readonly NodeGroup[]): JsonObject[] {
  const tolerations = groups
    .flatMap(group => group.taints ?? [])
    .map(
      ({ key, value, effect }): JsonObject =>
        value ? { key, operator: 'Equal', value, effect } : { key, operator: 'Exists', effect },
    );
  const distinct = new Map(tolerations.map(toleration => [JSON.stringify(toleration), toleration]));
  return [...distinct].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, toleration]) => toleration);
}
