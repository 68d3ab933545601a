import type { JsonObject } from '../../../base/json.ts';
import type { GroupRequest } from '../../request/request.ts';
import type { AddonContext } from './types.ts';

/** Groups that carry a role. */
export function groupsWithRole({ request }: AddonContext, role: string): GroupRequest[] {
  return Object.values(request.groups).filter(group => group.roles.includes(role));
}

/** Groups with GPUs. */
export function groupsWithGpus({ request }: AddonContext): GroupRequest[] {
  return Object.values(request.groups).filter(group => group.gpus.length > 0);
}

/** Nodes the cluster always has. */
export function fewestNodes({ request }: AddonContext): number {
  return Object.values(request.groups).reduce((sum, group) => sum + group.min, 0);
}

/** Tolerations for every taint of some groups, so that what belongs on their nodes can run there. */
export function tolerationsFor(groups: readonly GroupRequest[]): JsonObject[] {
  const tolerations = groups
    .flatMap(group => group.taints)
    .map(
      ({ key, value, effect }): JsonObject =>
        value ? { key, operator: 'Equal', value, effect } : { key, operator: 'Exists', effect },
    );
  const distinct = new Map(tolerations.map(toleration => [JSON.stringify(toleration), toleration]));
  return [...distinct].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, toleration]) => toleration);
}
