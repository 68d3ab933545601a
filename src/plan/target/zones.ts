import type { Catalog } from '../../catalog/index.ts';
import { type Finding, notInCatalogue } from '../finding.ts';
import { oneOf } from '../nearest.ts';

/** Zones of the cluster: all of the platform's unless the tenant narrows them; fixed once etcd stands in them. */
export function planZones(
  asked: readonly string[] | undefined,
  accepted: string[] | undefined,
  catalog: Catalog,
): { zones: string[]; findings: Finding[] } {
  const zones = [...new Set(asked ?? accepted ?? catalog.zones)];
  if (accepted && (zones.length !== accepted.length || zones.some(zone => !accepted.includes(zone)))) {
    const changed: Finding = {
      code: 'ZonesChanged',
      path: 'spec.zones',
      message: `the zones of a running cluster cannot change from ${accepted.join(', ')}`,
      remedy: `set them back to ${accepted.join(', ')}; node groups may use fewer`,
    };
    return { zones: accepted, findings: [changed] };
  }
  if (accepted) {
    const gone = accepted.filter(zone => !catalog.zones.includes(zone));
    return {
      zones: accepted,
      findings: gone.map(zone => notInCatalogue(zone, 'spec.zones', 'the cluster', catalog.zones)),
    };
  }
  const findings: Finding[] = zones.flatMap((zone, index) =>
    catalog.zones.includes(zone)
      ? []
      : [
          {
            code: 'UnknownZone',
            path: `spec.zones[${index}]`,
            message: `${zone} is not a zone of this platform`,
            remedy: oneOf(zone, catalog.zones),
          },
        ],
  );
  return { zones, findings };
}
