import { MAX_COMPOSED } from '../../api/limits.ts';
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

/** One zone of a group in this round. */
export interface ZoneTurn {
  zone: string;
  bounds: ZoneBounds;
  deployment: KubeObject | undefined;
  machine: TemplateName;
  bootstrap: TemplateName;
  /** What keeps new nodes of this zone from being made of the new templates; absent when nothing does. */
  held?: string;
}

/**
 * Which zones may go over to new templates now. A lost zone waits until it is back; without spare nodes one zone goes
 * after another; and a change that would make the group too many objects waits until older templates are gone. A zone
 * that waits goes on with the templates it has.
 */
export function zoneTurns(id: ClusterId, spec: NodePoolSpec, observed: Observed): ZoneTurn[] {
  const zones = liveZones(spec, observed).map(([zone, bounds, deployment]): ZoneTurn => {
    const machine = machineTemplateName(id, spec, zone);
    return { zone, bounds, deployment, machine, bootstrap: bootstrapTemplateName(id, spec, zone) };
  });
  const rolling = zones.find(zone => !isLost(zone, spec) && isRolling(zone, spec));
  let turn = rolling?.zone;
  let objects = 1 + zones.reduce((sum, zone) => sum + standingObjects(zone, observed), 0);
  return zones.map(zone => {
    const added = newObjects(zone, observed);
    const waits = (reason: string) => ({ ...zone, held: reason });
    if (zone.deployment && changes(zone, spec)) {
      if (isLost(zone, spec)) return waits(`${zone.zone} keeps its nodes until the zone is back`);
      if (spec.rollout?.zonesInTurn && turn !== undefined) return waits(`${zone.zone} follows ${turn}`);
      if (objects + added > MAX_COMPOSED) return waits(`${zone.zone} waits for an earlier change`);
      turn = zone.zone;
    } else if (objects + added > MAX_COMPOSED) {
      return waits(`${zone.zone} waits for an earlier change`);
    }
    objects += added;
    return zone;
  });
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
function changes({ deployment, machine, bootstrap }: ZoneTurn, spec: NodePoolSpec): boolean {
  const refs = templateRefs(deployment);
  const version = stringAt(deployment, 'spec', 'template', 'spec', 'version');
  return refs.machine !== machine.name || refs.bootstrap !== bootstrap.name || version !== spec.version;
}

function isRolling(zone: ZoneTurn, spec: NodePoolSpec): boolean {
  const { deployment, machine, bootstrap } = zone;
  return deployment !== undefined && !changes(zone, spec) && !settled(deployment, machine.name, bootstrap.name);
}

function isLost({ zone }: ZoneTurn, { pausedZones = [] }: NodePoolSpec): boolean {
  return pausedZones.includes(zone);
}

/** Objects the zone has and keeps as long as it goes on as it is. */
function standingObjects({ zone, deployment }: ZoneTurn, observed: Observed): number {
  return (deployment ? 1 : 0) + keptTemplates(observed, zone, deployment).length;
}

/** Objects the zone needs beyond those. */
function newObjects({ zone, deployment, machine, bootstrap }: ZoneTurn, observed: Observed): number {
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
