import type { NodePoolSpec } from '../../../api/parts/node-pool.ts';
import { entryOf } from '../../../base/json.ts';
import { type Finding, notInCatalogue } from '../../finding.ts';
import { oneOf } from '../../nearest.ts';
import type { GroupRequest } from '../../request/request.ts';
import type { GpuPlan } from './gpus.ts';

/** Zones of a group: all of the cluster's unless the claim names fewer, and of these the ones that have its GPU. */
export function planGroupZones(
  asked: GroupRequest,
  context: { zones: readonly string[]; accepted: NodePoolSpec | undefined },
  { gpus, zones: gpuZones }: GpuPlan,
): { zones: string[]; findings: Finding[] } {
  const wanted = [...new Set(asked.zones ?? context.zones)];
  const unknown: Finding[] = (asked.zones ?? []).flatMap((zone, index) =>
    context.zones.includes(zone)
      ? []
      : [
          {
            code: 'UnknownZone',
            path: `${asked.path}.zones[${index}]`,
            message: `${zone} is not a zone of this cluster`,
            remedy: oneOf(zone, context.zones),
          },
        ],
  );
  if (unknown.length > 0 || !gpuZones) return { zones: wanted, findings: unknown };
  const kept = wanted.filter(zone => !gpuZones.includes(zone) && standsIn(zone, context.accepted, gpus));
  const zones = wanted.filter(zone => gpuZones.includes(zone) || kept.includes(zone));
  const warnings = kept.map(zone =>
    notInCatalogue(`${gpus?.model} in ${zone}`, `${asked.path}.gpus`, 'the group', gpuZones),
  );
  if (zones.length > 0) return { zones, findings: warnings };
  const nowhere: Finding = {
    code: 'GpuNotInZone',
    path: `${asked.path}.gpus`,
    message: `none of the zones ${wanted.join(', ')} has this GPU`,
    remedy: `use the zones ${gpuZones.join(', ')}`,
  };
  return { zones, findings: [nowhere, ...warnings] };
}

/** Whether the group may have nodes with these GPUs there already: a catalogue that narrows a model moves nothing. */
function standsIn(zone: string, accepted: NodePoolSpec | undefined, gpus: GpuPlan['gpus']): boolean {
  const bounds = accepted && entryOf(accepted.zones, zone);
  return bounds !== undefined && !bounds.leaving && accepted?.gpus?.model === gpus?.model;
}
