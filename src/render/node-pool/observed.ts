import { type JsonObject, listAt, numberAt, objectAt, stringAt } from '../../base/json.ts';
import { POOL_ZONE_LABEL } from '../../base/labels.ts';
import type { KubeObject } from '../../base/object.ts';
import { present } from '../../base/present.ts';
import { isStale, isTrue } from '../../readiness/conditions.ts';

export type Observed = ReadonlyMap<string, KubeObject>;
export const MACHINES = 'KubevirtMachineTemplate';
const BOOTSTRAP = 'KubeadmConfigTemplate';

/** Observed MachineDeployments by zone. */
export function observedDeployments(observed: Observed): Map<string, KubeObject> {
  const found = [...observed.values()].filter(object => object.kind === 'MachineDeployment');
  return new Map(found.map(object => [zoneOf(object), object]));
}

/** Zones in which something of the group is observed. */
export function observedZones(observed: Observed): string[] {
  return [...observed.values()].map(zoneOf).filter(zone => zone !== '');
}

/** Observed templates of one zone, by composition resource name. */
export function observedTemplates(observed: Observed, zone: string): [string, KubeObject][] {
  return [...observed].filter(([, object]) => isTemplate(object) && zoneOf(object) === zone);
}

/** Whether machines or their kubelets are made of an object. */
export function isTemplate({ kind }: KubeObject): boolean {
  return kind === MACHINES || kind === BOOTSTRAP;
}

/** Whether machines with GPUs may still stand: their template stays until the last one of it is replaced. */
export function gpuMachinesLeft(observed: Observed): boolean {
  const machine = ['spec', 'template', 'spec', 'virtualMachineTemplate', 'spec', 'template', 'spec'];
  return [...observed.values()].some(
    object => object.kind === MACHINES && listAt(object, ...machine, 'domain', 'devices', 'gpus').length > 0,
  );
}

/** Whether the zone holds no machine and is to hold none; a MachineDeployment that does not say may hold any number. */
export function isEmpty(deployment: KubeObject): boolean {
  return numberAt(deployment, 'spec', 'replicas') === 0 && numberAt(deployment, 'status', 'replicas') === 0;
}

/** Names of the templates a MachineDeployment makes its machines of. */
export function templateRefs(deployment: KubeObject | undefined): {
  machine: string | undefined;
  bootstrap: string | undefined;
} {
  const template = objectAt(deployment, 'spec', 'template', 'spec');
  return {
    machine: stringAt(template, 'infrastructureRef', 'name'),
    bootstrap: stringAt(template, 'bootstrap', 'configRef', 'name'),
  };
}

/** Whether every machine of the zone is made of these two templates, so that no other is needed any more. */
export function settled(deployment: KubeObject, machineTemplate: string, bootstrapTemplate: string): boolean {
  const { machine, bootstrap } = templateRefs(deployment);
  return (
    machine === machineTemplate &&
    bootstrap === bootstrapTemplate &&
    numberAt(deployment, 'status', 'observedGeneration') !== undefined &&
    !isStale(deployment) &&
    !isTrue(deployment, 'RollingOut') &&
    (numberAt(deployment, 'status', 'upToDateReplicas') ?? 0) === (numberAt(deployment, 'status', 'replicas') ?? 0)
  );
}

/**
 * A template as it was observed, without what others wrote into its metadata. Templates are immutable: rendering one
 * anew with a newer function could only be refused.
 */
export function asItStands(template: KubeObject): KubeObject {
  const { apiVersion, kind, metadata } = template;
  const labels = objectAt(metadata, 'labels');
  return {
    apiVersion,
    kind,
    metadata: present({ name: metadata.name, namespace: metadata.namespace, labels: ownLabels(labels) }),
    spec: objectAt(template, 'spec'),
  };
}

function ownLabels(labels: JsonObject): Record<string, string> {
  const own: Record<string, string> = {};
  for (const [key, value] of Object.entries(labels)) {
    if (typeof value === 'string' && !key.startsWith('crossplane.io/')) own[key] = value;
  }
  return own;
}

/** Zone an object of the group belongs to; empty for those of the whole group. */
export function zoneOf(object: KubeObject): string {
  return object.metadata.labels?.[POOL_ZONE_LABEL] ?? '';
}
