import type { NodePoolSpec } from '../../../api/parts/node-pool.ts';
import type { NodeGroup } from '../../../api/v1alpha1/node-group.ts';
import { entryOf } from '../../../base/json.ts';
import { notInCatalogue, type Problem } from '../../finding.ts';
import { oneOf } from '../../nearest.ts';
import type { GpuPlan } from './gpus.ts';

/** Zones of a group: all of the cluster's unless the claim names fewer, and of these the ones that have its GPU. */
export function planGroupZones(
  asked: NodeGroup,
  path: string,
  context: { zones: readonly string[]; accepted: NodePoolSpec | undefined },
  { gpus, zones: gpuZones }: GpuPlan,
): { zones: string[]; problems: Problem[]; warnings: Problem[] } {
  const wanted = [...new Set(asked.zones ?? context.zones)];
  const unknown: Problem[] = (asked.zones ?? []).flatMap((zone, index) =>
    context.zones.includes(zone)
      ? []
      : [
          {
            code: 'UnknownZone',
            path: `${path}.zones[${index}]`,
            message: `${zone} is not a zone of this cluster`,
            remedy: oneOf(zone, context.zones),
          },
        ],
  );
  if (unknown.length > 0 || !gpuZones) return { zones: wanted, problems: unknown, warnings: [] };
  const kept = wanted.filter(zone => !gpuZones.includes(zone) && standsIn(zone, context.accepted, gpus));
  const zones = wanted.filter(zone => gpuZones.includes(zone) || kept.includes(zone));
  const warnings = kept.map(zone => notInCatalogue(`${gpus?.model} in ${zone}`, `${path}.gpus`, 'the group', gpuZones));
  if (zones.length > 0) return { zones, problems: [], warnings };
  const nowhere: Problem = {
    code: 'GpuNotInZone',
    path: `${path}.gpus`,
    message: `none of the zones ${wanted.join(', ')} has this GPU`,
    remedy: `use the zones ${gpuZones.join(', ')}`,
  };
  return { zones, problems: [nowhere], warnings };
}

/** Whether the group may have nodes with these GPUs there already: a catalogue that narrows a model moves nothing. */
function standsIn(zone: string, accepted: NodePoolSpec | undefined, gpus: GpuPlan['gpus']): boolean {
  const bounds = accepted && entryOf(accepted.zones, zone);
  return bounds !== undefined && !bounds.leaving && accepted?.gpus?.model === gpus?.model;
}
