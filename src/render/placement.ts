import type { JsonObject } from '../base/json.ts';
import { TOPOLOGY_HOST_LABEL, TOPOLOGY_ZONE_LABEL } from '../base/labels.ts';

/** Lets pods run in the named zones only. */
export function inZones(zones: readonly string[]): JsonObject {
  return {
    nodeAffinity: {
      requiredDuringSchedulingIgnoredDuringExecution: {
        nodeSelectorTerms: [{ matchExpressions: [{ key: TOPOLOGY_ZONE_LABEL, operator: 'In', values: [...zones] }] }],
      },
    },
  };
}

/**
 * Spreads pods evenly over zones and rather leaves one pending than let two share a zone while another is free. Tainted
 * nodes do not count: a lost zone would otherwise stay the emptiest one and block every rollout
 * (decision dead-zone-does-not-count).
 */
export function spreadOverZones(matchLabels: { [key: string]: string }, extra: JsonObject = {}): JsonObject {
  return {
    maxSkew: 1,
    topologyKey: TOPOLOGY_ZONE_LABEL,
    whenUnsatisfiable: 'DoNotSchedule',
    nodeTaintsPolicy: 'Honor',
    labelSelector: { matchLabels },
    ...extra,
  };
}

/**
 * Below the zone: pods stand on different hosts while there are enough, so that one broken machine takes one of them;
 * where there are not, two on a host are better than one pending.
 */
export function preferDifferentHosts(matchLabels: { [key: string]: string }, extra: JsonObject = {}): JsonObject {
  return {
    maxSkew: 1,
    topologyKey: TOPOLOGY_HOST_LABEL,
    whenUnsatisfiable: 'ScheduleAnyway',
    labelSelector: { matchLabels },
    ...extra,
  };
}

/** Requests that equal the limits: what the platform promised is there when it is needed. */
export function sized({ cpu, memory }: { cpu: string; memory: string }): JsonObject {
  return { requests: { cpu, memory }, limits: { cpu, memory } };
}
