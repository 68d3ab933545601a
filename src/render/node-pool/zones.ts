import type { NodePoolSpec, ZoneBounds } from '../../api/parts/node-pool.ts';
import { stringAt } from '../../base/json.ts';
import type { ClusterId } from '../../base/names.ts';
import type { KubeObject } from '../../base/object.ts';
import {
  isEmpty,
  MACHINES,
  type Observed,
  observedDeployments,
  observedTemplates,
  observedZones,
  settled,
  templateRefs,
} from './observed.ts';
import { bootstrapTemplateName, machineTemplateName, type TemplateName } from './template-name.ts';

/** One zone of a group: what is observed of it and the templates it is to have. */
export interface Zone {
  zone: string;
  bounds: ZoneBounds;
  deployment: KubeObject | undefined;
  machine: TemplateName;
  bootstrap: TemplateName;
}

/** All zones of a group, in a stable order. */
export function zonesOf(id: ClusterId, spec: NodePoolSpec, observed: Observed): Zone[] {
  return liveZones(spec, observed).map(([zone, bounds, deployment]) => {
    const machine = machineTemplateName(id, spec, zone);
    return { zone, bounds, deployment, machine, bootstrap: bootstrapTemplateName(id, spec, zone) };
  });
}

/** How each zone stands against those templates; the plan decides by it which zones may go over to them. */
export function zoneStates(id: ClusterId, spec: NodePoolSpec, observed: Observed) {
  return zonesOf(id, spec, observed).map(zone => ({
    zone: zone.zone,
    changes: changes(zone, spec),
    rolling: isRolling(zone, spec),
    lost: spec.pausedZones?.includes(zone.zone) ?? false,
    objects: { standing: standingObjects(zone, observed), added: newObjects(zone, observed) },
  }));
}

/** Zones that may have nodes, and zones that may not but still do: those are emptied before their parts go. */
function liveZones(spec: NodePoolSpec, observed: Observed): [string, ZoneBounds, KubeObject | undefined][] {
  const deployments = observedDeployments(observed);
  const zones = [...new Set([...Object.keys(spec.zones), ...observedZones(observed)])].sort();
  // Templates without their MachineDeployment are of one that is not seen for once.
  return zones
    .map((zone): [string, ZoneBounds, KubeObject | undefined] => {
      return [zone, spec.zones[zone] ?? { min: 0, max: 0 }, deployments.get(zone)];
    })
    .filter(([zone, { max }, deployment]) => {
      return max > 0 || (deployment ? !isEmpty(deployment) : observedTemplates(observed, zone).length > 0);
    });
}

/** Whether Cluster API would replace nodes of the zone if it were given the present spec. */
function changes({ deployment, machine, bootstrap }: Zone, spec: NodePoolSpec): boolean {
  if (!deployment) return false;
  const refs = templateRefs(deployment);
  const version = stringAt(deployment, 'spec', 'template', 'spec', 'version');
  return refs.machine !== machine.name || refs.bootstrap !== bootstrap.name || version !== spec.version;
}

function isRolling(zone: Zone, spec: NodePoolSpec): boolean {
  const { deployment, machine, bootstrap } = zone;
  return deployment !== undefined && !changes(zone, spec) && !settled(deployment, machine.name, bootstrap.name);
}

/** Objects the zone has and keeps as long as it goes on as it is. */
function standingObjects({ zone, deployment }: Zone, observed: Observed): number {
  return (deployment ? 1 : 0) + keptTemplates(observed, zone, deployment).length;
}

/** Objects the zone needs beyond those. */
function newObjects({ zone, deployment, machine, bootstrap }: Zone, observed: Observed): number {
  const standing = keptTemplates(observed, zone, deployment).map(([, object]) => object.metadata.name);
  return (deployment ? 0 : 1) + [machine.name, bootstrap.name].filter(name => !standing.includes(name)).length;
}

/**
 * Templates that must stay: all of the zone, until every machine is made of those its MachineDeployment names. While
 * that is not seen nobody knows what its machines are made of.
 */
export function keptTemplates(
  observed: Observed,
  zone: string,
  deployment: KubeObject | undefined,
): [string, KubeObject][] {
  const existing = observedTemplates(observed, zone);
  const { machine, bootstrap } = templateRefs(deployment);
  if (!deployment || machine === undefined || bootstrap === undefined) return existing;
  if (!settled(deployment, machine, bootstrap)) return existing;
  return existing.filter(([, { kind, metadata }]) => metadata.name === (kind === MACHINES ? machine : bootstrap));
}
