import type { JsonObject } from '../../../../base/json.ts';
import { roleLabel, TOPOLOGY_HOST_LABEL, TOPOLOGY_ZONE_LABEL } from '../../../../base/labels.ts';
import { groupsWithRole, tolerationsFor } from '../groups.ts';
import type { AddonContext } from '../types.ts';
import { ROLE } from './engine.ts';

/** Where the Pods of an engine run: on the nodes made for them if there are any, spread over zones and nodes. */
export function placementOf(context: AddonContext, labels: JsonObject): JsonObject {
  const groups = groupsWithRole(context, ROLE);
  const tolerations = tolerationsFor(groups);
  return {
    topologySpreadConstraints: [TOPOLOGY_ZONE_LABEL, TOPOLOGY_HOST_LABEL].map(topologyKey => ({
      maxSkew: 1,
      topologyKey,
      // Preferred, not required: a group of one node must hold both replicas.
      whenUnsatisfiable: 'ScheduleAnyway',
      labelSelector: { matchLabels: { ...labels } },
    })),
    ...(groups.length > 0 ? { nodeSelector: { 'kubernetes.io/os': 'linux', [roleLabel(ROLE)]: '' } } : {}),
    ...(tolerations.length > 0 ? { tolerations } : {}),
  };
}
