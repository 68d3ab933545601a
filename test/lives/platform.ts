import { numberAt, objectAt, stringAt } from '../../src/base/json.ts';
import type { KubeObject } from '../../src/base/object.ts';

/** A machine of a MachineDeployment: what it is made of. */
export interface Machine {
  machineTemplate: string;
  bootstrapTemplate: string;
  version: string;
  ready: boolean;
}

const MIN_SIZE = 'cluster.x-k8s.io/cluster-api-autoscaler-node-group-min-size';

const MAX_SIZE = 'cluster.x-k8s.io/cluster-api-autoscaler-node-group-max-size';

/** What the API server holds after Crossplane applied an object: numbers of nodes that nobody sets stay. */
export function applied(desired: KubeObject, before: KubeObject | undefined): KubeObject {
  const spec = objectAt(desired, 'spec');
  const least = Number(desired.metadata.annotations?.[MIN_SIZE] ?? 0);
  const replicas = numberAt(spec, 'replicas') ?? numberAt(before, 'spec', 'replicas') ?? least;
  const next = desired.kind === 'MachineDeployment' ? { ...spec, replicas } : spec;
  const same = before !== undefined && JSON.stringify(withoutRefs(before)) === JSON.stringify(next);
  const generation = (numberAt(before, 'metadata', 'generation') ?? 0) + (same ? 0 : 1);
  return {
    ...desired,
    metadata: { ...desired.metadata, uid: `uid-${desired.metadata.name}`, generation, ownerReferences: OWNERS },
    spec: { ...next, ...(before ? { crossplane: objectAt(before, 'spec', 'crossplane') } : {}) },
    ...(before?.status === undefined ? {} : { status: before.status }),
  };
}

const OWNERS = [{ uid: 'uid-shop', controller: true }];

function withoutRefs(object: KubeObject): object {
  const { crossplane: _, ...spec } = objectAt(object, 'spec');
  return spec;
}

/** One step of Cluster API for one MachineDeployment: a machine joins, goes or is replaced. */
export function reconciled(deployment: KubeObject, machines: Machine[], zoneIsUp: boolean): Machine[] {
  const made = madeNow(deployment);
  const wanted = numberAt(deployment, 'spec', 'replicas') ?? 0;
  const surge = numberAt(deployment, 'spec', 'rollout', 'strategy', 'rollingUpdate', 'maxSurge') ?? 1;
  if (!zoneIsUp) return machines.map(machine => ({ ...machine, ready: false }));
  const joined = machines.map(machine => ({ ...machine, ready: true }));
  const old = joined.findIndex(machine => !sameMake(machine, made));
  if (joined.length > wanted) return joined.toSpliced(old === -1 ? 0 : old, 1);
  if (joined.length < wanted) return [...joined, { ...made, ready: false }];
  if (old === -1 || wanted === 0) return joined;
  return surge > 0 ? [...joined, { ...made, ready: false }] : joined.toSpliced(old, 1);
}

/** The deployment as Cluster API reports it. */
export function reported(deployment: KubeObject, machines: Machine[]): KubeObject {
  const made = madeNow(deployment);
  const upToDate = machines.filter(machine => sameMake(machine, made)).length;
  const rolling = upToDate < machines.length;
  return {
    ...deployment,
    status: {
      observedGeneration: numberAt(deployment, 'metadata', 'generation') ?? 1,
      replicas: machines.length,
      readyReplicas: machines.filter(machine => machine.ready).length,
      upToDateReplicas: upToDate,
      conditions: [
        { type: 'Available', status: 'True' },
        { type: 'RollingOut', status: rolling ? 'True' : 'False' },
      ],
    },
  };
}

function madeNow(deployment: KubeObject): Machine {
  const template = objectAt(deployment, 'spec', 'template', 'spec');
  return {
    machineTemplate: stringAt(template, 'infrastructureRef', 'name') ?? '',
    bootstrapTemplate: stringAt(template, 'bootstrap', 'configRef', 'name') ?? '',
    version: stringAt(template, 'version') ?? '',
    ready: false,
  };
}

function sameMake(one: Machine, other: Machine): boolean {
  return (
    one.machineTemplate === other.machineTemplate &&
    one.bootstrapTemplate === other.bootstrapTemplate &&
    one.version === other.version
  );
}

/** Pods by which a zone is known, as Crossplane hands them over. */
export function pods(zones: Record<string, { up: boolean; since: Date }>): KubeObject[] {
  return Object.entries(zones).map(([zone, { up, since }]) => ({
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: { name: `etcd-${zone}`, namespace: 'acme', labels: { 'topology.kubernetes.io/zone': zone } },
    status: {
      phase: 'Running',
      conditions: [{ type: 'Ready', status: up ? 'True' : 'False', lastTransitionTime: since.toISOString() }],
    },
  }));
}

/** The autoscaler: some number within the bounds. */
export function autoscale(composed: Map<string, KubeObject>, more: number): void {
  for (const [name, object] of composed) {
    if (object.kind !== 'MachineDeployment') continue;
    const [min, max] = [MIN_SIZE, MAX_SIZE].map(key => Number(object.metadata.annotations?.[key] ?? 0));
    const replicas = Math.min(max ?? 0, (min ?? 0) + more);
    composed.set(name, { ...object, spec: { ...objectAt(object, 'spec'), replicas } });
  }
}

/** What Cluster API said about a zone's nodes is gone until it says it again. */
export function loseStatus(composed: Map<string, KubeObject>, zone: string): void {
  const deployment = composed.get(`deployment-${zone}`);
  if (deployment) composed.set(`deployment-${zone}`, { ...deployment, status: {} });
}
