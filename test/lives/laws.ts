import { expect } from 'vitest';
import { MAX_COMPOSED } from '../../src/api/limits.ts';
import { at, listAt, numberAt, objectAt, stringAt } from '../../src/base/json.ts';
import type { KubeObject } from '../../src/base/object.ts';
import { minorNumber } from '../../src/catalog/minor.ts';
import type { ComposeOutput } from '../../src/compose/types.ts';
import { compareVersions } from '../../src/plan/target/version.ts';
import { type Composite, machinesOf, type World } from './world.ts';

/** What must hold in every round of every life. */
export function laws(world: World, composite: Composite, output: ComposeOutput, dropped: string[]): void {
  expect(output.desired.size).toBeLessThanOrEqual(MAX_COMPOSED);
  if (composite.object.kind === 'XHikubeCluster') ofCluster(world, composite, output, dropped);
  if (composite.object.kind === 'HikubeControlPlane') ofControlPlane(world, output, dropped);
  if (composite.object.kind === 'HikubeEtcd') expect(dropped).toEqual([]);
  if (composite.object.kind === 'HikubeAddons') ofAddons(composite, dropped);
  if (composite.object.kind === 'HikubeNodePool') ofNodePool(world, composite, output, dropped);
}

/** Nothing goes but groups the claim no longer names, and of those nothing is left; and names nobody wants. */
function ofCluster(world: World, { object }: Composite, output: ComposeOutput, dropped: string[]): void {
  for (const name of dropped.filter(part => !part.startsWith('host-'))) {
    const group = name.replace(/^pool-/, '');
    expect(name).toMatch(/^pool-/);
    expect(objectAt(object, 'spec', 'nodeGroups')).not.toHaveProperty(group);
    const child = world.children.get(name);
    if (child) expect([...child.composed.keys()]).toEqual([]);
  }
  for (const name of dropped.filter(part => part.startsWith('host-'))) {
    expect(servedHosts(world)).not.toContain(stringAt(world.claim.composed.get(name), 'spec', 'host'));
  }
  const wanted = output.desired.get('control-plane')?.object;
  if (wanted) oneStep(stringAt(wanted, 'spec', 'version') ?? '', world);
}

/** A release goes only when the order does not name it, and network and storage never do. */
function ofAddons({ object }: Composite, dropped: string[]): void {
  for (const name of dropped) {
    expect(objectAt(object, 'spec', 'releases')).not.toHaveProperty([name]);
    expect(['cilium', 'coredns', 'csi']).not.toContain(name);
  }
}

function ofControlPlane(world: World, output: ComposeOutput, dropped: string[]): void {
  expect(dropped.filter(name => !name.includes('ingress'))).toEqual([]);
  oneStep(stringAt(output.desired.get('control-plane')?.object, 'spec', 'version') ?? '', world);
}

/** Hosts that some Ingress of the cluster has. */
function servedHosts({ children }: World): unknown[] {
  const composed = [...(children.get('control-plane')?.composed.values() ?? [])];
  const rules = composed.filter(({ kind }) => kind === 'Ingress').flatMap(ingress => listAt(ingress, 'spec', 'rules'));
  return rules.map(rule => stringAt(rule, 'host'));
}

/** The control plane is at most one minor ahead of what runs, and never behind it. */
function oneStep(version: string, { reached }: World): void {
  if (reached === undefined) return;
  expect(minorNumber(version) - minorNumber(reached)).toBeLessThanOrEqual(1);
  expect(compareVersions(version, reached)).toBeGreaterThanOrEqual(0);
}

function ofNodePool(world: World, composite: Composite, { desired }: ComposeOutput, dropped: string[]): void {
  if (at(composite.object, 'spec', 'retire') === true) return;
  const used = machinesOf(world, composite);
  for (const name of dropped) {
    const object = composite.composed.get(name);
    if (object?.kind === 'MachineDeployment') expect(world.machines.get(object.metadata.name) ?? []).toEqual([]);
    if (object?.kind === 'KubevirtMachineTemplate') {
      expect(used.map(machine => machine.machineTemplate)).not.toContain(object.metadata.name);
    }
    if (object?.kind === 'KubeadmConfigTemplate') {
      expect(used.map(machine => machine.bootstrapTemplate)).not.toContain(object.metadata.name);
    }
    expect(object?.kind).not.toBe('MachineHealthCheck');
  }
  for (const { object } of desired.values()) {
    if (object.kind === 'MachineDeployment') ofDeployment(world, composite, object, composite.composed);
  }
}

/** Nodes are never newer than their API server; a number is lowered only where the claim asks for it. */
function ofDeployment(world: World, composite: Composite, object: KubeObject, composed: Composite['composed']): void {
  const version = stringAt(object, 'spec', 'template', 'spec', 'version') ?? '';
  expect({ version, reached: world.reached }).toSatisfy(() => isAtMost(version, world.reached));
  const before = [...composed.values()].find(({ metadata, kind }) => {
    return kind === object.kind && metadata.name === object.metadata.name;
  });
  const [was, is] = [numberAt(before, 'spec', 'replicas') ?? 0, numberAt(object, 'spec', 'replicas')];
  if (is === undefined || is >= was) return;
  const zone = object.metadata.labels?.['hikube.cloud/zone'] ?? '';
  const bounds = objectAt(composite.object, 'spec', 'zones');
  const staying = Object.entries(bounds).filter(([, entry]) => at(entry, 'leaving') !== true);
  const isStaying = staying.some(([name]) => name === zone);
  const most = staying.reduce((sum, [, entry]) => sum + (numberAt(entry, 'max') ?? 0), 0);
  const standing = [...composed.values()].filter(({ kind, metadata }) => {
    return kind === 'MachineDeployment' && staying.some(([name]) => name === metadata.labels?.['hikube.cloud/zone']);
  });
  const nodes = standing.reduce((sum, deployment) => sum + (numberAt(deployment, 'spec', 'replicas') ?? 0), 0);
  if (isStaying) expect({ nodes, most, lowered: was - is }).toSatisfy(() => nodes - most >= was - is || nodes > most);
  else expect(was - is).toBe(1);
}

function isAtMost(version: string, reached: string | undefined): boolean {
  return reached === undefined || compareVersions(version, reached) <= 0;
}
