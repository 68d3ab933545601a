import { API_VERSION, type CompositeKind, KINDS } from '../../src/api/group.ts';
import { at, type JsonObject, objectAt, stringAt } from '../../src/base/json.ts';
import type { KubeObject } from '../../src/base/object.ts';
import { type Catalog, hikubeCatalog } from '../../src/catalog/index.ts';
import { composers } from '../../src/compose/index.ts';
import type { ComposeInput, ComposeOutput } from '../../src/compose/types.ts';
import { withReadyStatus } from '../../src/readiness/index.ts';
import { applied, type Machine, pods, reconciled, reported } from './platform.ts';

/** How far a round of Crossplane gets: to its end, until half is applied and no status is written, or not at all. */
export type Reach = 'whole' | 'half' | 'none';

/** A composite with what Crossplane observes of it. */
export interface Composite {
  object: KubeObject;
  composed: Map<string, KubeObject>;
}

/** Looks at every round before it is applied: what composed, what it wanted, and what Crossplane will delete for it. */
export type Judge = (world: World, composite: Composite, output: ComposeOutput, dropped: string[]) => void;

const ZONES = ['geneva', 'gland', 'lucerne'];
const CHILDREN = ['HikubeEtcd', 'HikubeControlPlane', 'HikubeNodePool', 'HikubeAddons'];
/** What is not ready before others have done their work. */
const SLOW = [...CHILDREN, 'KamajiControlPlane', 'MachineDeployment'];

/** Crossplane, Cluster API and Kamaji for one claim, step by step. Programs that only ever become ready are so at once. */
export class World {
  now = new Date('2026-11-25T12:00:00Z');
  catalog: Catalog = hikubeCatalog;
  zones = Object.fromEntries(ZONES.map(zone => [zone, { up: true, since: new Date(0) }]));
  /** Version the API servers run. */
  reached: string | undefined;
  machines = new Map<string, Machine[]>();
  claim: Composite;
  children = new Map<string, Composite>();
  last: ComposeOutput | undefined;
  readonly judge: Judge;

  constructor(spec: JsonObject, judge: Judge) {
    this.judge = judge;
    const metadata = { name: 'shop-xxxxx', uid: 'uid-shop', generation: 1 };
    this.claim = { object: { apiVersion: API_VERSION, kind: 'XHikubeCluster', metadata }, composed: new Map() };
    this.ask(spec);
  }

  ask(spec: JsonObject): void {
    const claimRef = { apiVersion: API_VERSION, kind: 'HikubeCluster', namespace: 'acme', name: 'shop' };
    this.claim.object = { ...this.claim.object, spec: { ...spec, claimRef } };
  }

  setZone(zone: string, up: boolean): void {
    this.zones[zone] = { up, since: this.now };
  }

  /** One round of the claim and of each child. */
  round(reach: Reach = 'whole', ofChildren: Reach = 'whole'): void {
    this.now = new Date(this.now.getTime() + 40_000);
    this.last = this.compose(this.claim, reach) ?? this.last;
    for (const [name, object] of this.claim.composed) {
      if (!CHILDREN.includes(object.kind)) continue;
      const child = this.children.get(name) ?? { object, composed: new Map() };
      child.object = object;
      this.children.set(name, child);
      this.compose(child, ofChildren);
      this.claim.composed.set(name, child.object);
    }
    for (const name of this.children.keys()) if (!this.claim.composed.has(name)) this.children.delete(name);
  }

  /** Lets Cluster API go one step; the control plane reaches its version when asked to. */
  tick(upgrades: boolean): void {
    const controlPlane = this.children.get('control-plane')?.composed.get('control-plane');
    if (upgrades) this.reached = stringAt(controlPlane, 'spec', 'version') ?? this.reached;
    for (const { composed } of this.children.values()) {
      for (const [name, object] of composed) composed.set(name, this.tended(object));
    }
  }

  private tended(object: KubeObject): KubeObject {
    if (object.kind === 'KamajiControlPlane') {
      const ready = withReadyStatus(object);
      return this.reached ? { ...ready, status: { ...objectAt(ready, 'status'), version: this.reached } } : object;
    }
    if (object.kind !== 'MachineDeployment') return withReadyStatus(object);
    const { name, labels } = object.metadata;
    const isUp = this.zones[labels?.['hikube.cloud/zone'] ?? '']?.up ?? true;
    const machines = reconciled(object, this.machines.get(name) ?? [], isUp);
    this.machines.set(name, machines);
    return reported(object, machines);
  }

  private compose(composite: Composite, reach: Reach): ComposeOutput | undefined {
    if (reach === 'none') return undefined;
    const compose = composers[kindOf(composite.object)];
    const input: ComposeInput = {
      composite: composite.object,
      observed: composite.composed,
      required: new Map(),
      catalog: this.catalog,
      now: this.now,
    };
    const { requirements } = compose(input);
    const found = [...requirements].map(([name, { kind }]): [string, KubeObject[]] => {
      return [name, kind === 'Pod' ? pods(this.zones) : []];
    });
    const output = compose({ ...input, required: new Map(found) });
    const dropped = [...composite.composed.keys()].filter(name => !output.desired.has(name));
    this.judge(this, composite, output, dropped);
    this.apply(composite, output, dropped, reach);
    return output;
  }

  /** As Crossplane does it: deletes first, records what it wants, applies, and writes the status last. */
  private apply(composite: Composite, output: ComposeOutput, dropped: string[], reach: Reach): void {
    for (const name of dropped) {
      const object = composite.composed.get(name);
      if (object?.kind === 'MachineDeployment') this.machines.delete(object.metadata.name);
      composite.composed.delete(name);
    }
    const wanted = [...output.desired];
    for (const [name, { object }] of reach === 'half' ? wanted.slice(0, Math.ceil(wanted.length / 2)) : wanted) {
      const next = applied(object, composite.composed.get(name));
      composite.composed.set(name, SLOW.includes(object.kind) ? next : withReadyStatus(next));
    }
    const resourceRefs = wanted.map(([name, { object }]) => ({ kind: object.kind, name }));
    // A composite behind a claim keeps its references beside its fields, the newer ones in a place of their own.
    const refs = composite === this.claim ? { resourceRefs } : { crossplane: { resourceRefs } };
    const spec = { ...objectAt(composite.object, 'spec'), ...refs };
    const status = reach === 'half' ? objectAt(composite.object, 'status') : { ...output.status, ...readyOf(output) };
    composite.object = { ...composite.object, spec, status };
  }
}

function readyOf({ desired, ready }: ComposeOutput): JsonObject {
  const isReady = ready ?? [...desired.values()].every(entry => entry.ready);
  return { conditions: [{ type: 'Ready', status: isReady ? 'True' : 'False' }] };
}

function kindOf(object: KubeObject): CompositeKind {
  const kind = Object.values(KINDS).find(candidate => candidate === object.kind);
  if (kind === undefined) throw new Error(`cannot compose ${object.kind}: it is no composite of ours`);
  return kind;
}

/** Machines of a composite's MachineDeployments. */
export function machinesOf({ machines }: World, { composed }: Composite): Machine[] {
  const deployments = [...composed.values()].filter(({ kind }) => kind === 'MachineDeployment');
  return deployments.flatMap(({ metadata }) => machines.get(metadata.name) ?? []);
}

/** Whether the claim was let through in its last round. */
export function accepted({ last }: World): boolean {
  return last?.conditions.some(({ type, status }) => type === 'Accepted' && status === 'True') ?? false;
}

/** Bounds by zone in the spec of a node group. */
export function boundsOf({ object }: Composite): [string, JsonObject][] {
  return Object.entries(objectAt(object, 'spec', 'zones')).map(([zone]) => [
    zone,
    objectAt(at(object, 'spec', 'zones', zone)),
  ]);
}
