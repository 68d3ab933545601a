import type { NodePoolSpec } from '../../api/parts/node-pool.ts';
import type { ClusterId } from '../../base/names.ts';
import type { KubeObject } from '../../base/object.ts';
import type { Rendered } from '../types.ts';
import { bootstrapTemplate } from './bootstrap-template.ts';
import { healthCheck } from './health-check.ts';
import { machineDeployment, withoutChange } from './machine-deployment.ts';
import { machineTemplate } from './machine-template.ts';
import { asItStands, type Observed, observedDeployments } from './observed.ts';
import { zoneReplicas } from './replicas.ts';
import { POOL } from './resource-names.ts';
import { keptTemplates, type Zone, zonesOf } from './zones.ts';

/**
 * One node group: in each zone a MachineDeployment with its two templates, and one health check for all.
 *
 * Templates that exist are emitted again as they are, and old ones stay until no machine needs them.
 *
 * @param held zones that go on with the templates they have
 */
export function renderNodePool(
  id: ClusterId,
  spec: NodePoolSpec,
  observed: Observed,
  held: { has(zone: string): boolean } = new Set(),
): Rendered {
  const rendered: Rendered = new Map();
  const replicas = zoneReplicas(spec, observedDeployments(observed));
  for (const zone of zonesOf(id, spec, observed)) {
    const objects = zoneObjects(id, spec, zone, replicas.get(zone.zone), observed, held.has(zone.zone));
    for (const [name, object] of objects) rendered.set(name, object);
  }
  rendered.set(POOL.healthCheck, healthCheck(id, spec, observedDeployments(observed)));
  return rendered;
}

function zoneObjects(
  id: ClusterId,
  spec: NodePoolSpec,
  { zone, bounds, deployment, machine, bootstrap }: Zone,
  replicas: number | undefined,
  observed: Observed,
  isHeld: boolean,
): [string, KubeObject][] {
  const kept = keptTemplates(observed, zone, deployment).map(([name, object]): [string, KubeObject] => {
    return [name, asItStands(object)];
  });
  if (isHeld && !deployment) return kept;
  const templates = { machine: machine.name, bootstrap: bootstrap.name };
  const desired = machineDeployment(id, spec, zone, bounds, templates, replicas);
  if (isHeld && deployment) return [[POOL.deployment(zone), withoutChange(desired, deployment)], ...kept];
  const standing = new Set(kept.map(([, object]) => object.metadata.name));
  const target: [string, KubeObject][] = [
    [POOL.machineTemplate(zone, machine.hash), machineTemplate(id, spec, zone, machine.name)],
    [POOL.bootstrapTemplate(zone, bootstrap.hash), bootstrapTemplate(id, spec, zone, bootstrap.name)],
  ];
  return [
    [POOL.deployment(zone), desired],
    ...target.filter(([, object]) => !standing.has(object.metadata.name)),
    ...kept,
  ];
}
