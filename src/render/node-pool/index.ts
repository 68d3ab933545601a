import type { NodePoolSpec, ZoneBounds } from '../../api/children/node-pool.ts';
import type { ClusterId } from '../../api/names.ts';
import type { KubeObject } from '../../api/object.ts';
import type { Rendered } from '../types.ts';
import { bootstrapTemplate } from './bootstrap-template.ts';
import { healthCheck } from './health-check.ts';
import { machineDeployment } from './machine-deployment.ts';
import { machineTemplate } from './machine-template.ts';
import { asObserved, isEmpty, type Observed, observedDeployments, observedTemplates, settled } from './observed.ts';
import { bootstrapTemplateName, machineTemplateName, type TemplateName } from './template-name.ts';

/**
 * One node group: in each zone a MachineDeployment with its two templates, and one health check for all.
 *
 * Templates that exist are emitted again as they are, and old ones stay until no machine needs them.
 */
export function renderNodePool(id: ClusterId, spec: NodePoolSpec, observed: Observed): Rendered {
  const rendered: Rendered = new Map();
  const deployments = observedDeployments(observed);
  for (const [zone, bounds] of liveZones(spec, deployments)) {
    const deployment = deployments.get(zone);
    const machine = machineTemplateName(id, spec, zone);
    const bootstrap = bootstrapTemplateName(id, spec, zone);
    rendered.set(
      `deployment-${zone}`,
      machineDeployment(id, spec, zone, bounds, { machine: machine.name, bootstrap: bootstrap.name }, deployment),
    );
    const keepOld = !settled(deployment, machine.name, bootstrap.name);
    addTemplates(rendered, {
      prefix: `machines-${zone}`,
      wanted: machine,
      render: () => machineTemplate(id, spec, zone, machine.name),
      existing: observedTemplates(observed, 'KubevirtMachineTemplate', zone),
      keepOld,
    });
    addTemplates(rendered, {
      prefix: `bootstrap-${zone}`,
      wanted: bootstrap,
      render: () => bootstrapTemplate(id, spec, zone, bootstrap.name),
      existing: observedTemplates(observed, 'KubeadmConfigTemplate', zone),
      keepOld,
    });
  }
  rendered.set('health', healthCheck(id, spec, deployments));
  return rendered;
}

/** Zones that may have nodes, and zones that may not but still do: those are emptied before their parts go. */
function liveZones(spec: NodePoolSpec, deployments: ReadonlyMap<string, KubeObject>): [string, ZoneBounds][] {
  const zones = [...new Set([...Object.keys(spec.zones), ...deployments.keys()])].sort();
  return zones
    .map((zone): [string, ZoneBounds] => [zone, spec.zones[zone] ?? { min: 0, max: 0 }])
    .filter(([zone, { max }]) => max > 0 || !isEmpty(deployments.get(zone)));
}

interface Templates {
  /** Start of their composition resource names. */
  prefix: string;
  wanted: TemplateName;
  render: () => KubeObject;
  existing: readonly [string, KubeObject][];
  keepOld: boolean;
}

function addTemplates(rendered: Rendered, { prefix, wanted, render, existing, keepOld }: Templates): void {
  const same = existing.find(([, object]) => object.metadata.name === wanted.name);
  rendered.set(`${prefix}-${wanted.hash}`, same ? asObserved(same[1]) : render());
  if (!keepOld) return;
  for (const [name, object] of existing) {
    if (object.metadata.name !== wanted.name) rendered.set(name, asObserved(object));
  }
}
