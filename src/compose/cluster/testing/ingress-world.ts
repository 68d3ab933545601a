import { at, booleanAt, type JsonObject, objectAt, stringAt } from '../../../base/json.ts';
import type { KubeObject } from '../../../base/object.ts';
import { hikubeCatalog } from '../../../catalog/index.ts';
import { composers } from '../../index.ts';
import { compose, SPEC, standing } from './standing.ts';

/** Releases of the ingress; the others stand all along. */
const OURS = /^ingress(-|$)/;

/** A HelmRelease, and what of it Flux has done in the tenant cluster. */
interface Managed {
  object: KubeObject;
  generation: number;
  applied: number;
  /** Values as installed, which is what Helm compares with and uninstalls. */
  installed?: JsonObject;
  everReady: boolean;
}

/**
 * A cluster whose ingress changes: our two composers, Crossplane and Flux between them, and the tenant cluster, each
 * acting when told to, so that every order of events can be played. Helm's ways with a Service that changes hands are
 * those of the real one (test/conformance/charts.test.ts shows them).
 */
export class IngressWorld {
  readonly deployments = new Map<string, string>();
  service: { uid: number; keep: boolean; instance: string } | undefined;
  #addon: JsonObject;
  readonly #observed: Map<string, KubeObject>;
  readonly #managed = new Map<string, Managed>();
  #status: JsonObject | undefined;
  #services = 0;

  constructor(addon: JsonObject) {
    this.#addon = addon;
    this.#observed = standing({ ...SPEC, addons: {} });
  }

  /** The claim is edited. */
  edit(addon: JsonObject): void {
    this.#addon = addon;
  }

  /** Crossplane composes the cluster. */
  parent(): void {
    const { desired } = compose({ ...SPEC, addons: { ingressNginx: this.#addon } }, this.#observed);
    const child = desired.get('addons')?.object;
    if (!child) throw new Error('the add-ons were dropped');
    this.#observed.set('addons', { ...child, status: objectAt(this.#observed.get('addons'), 'status') });
  }

  /** Crossplane composes the add-ons and applies; their status is written by a later call of `report`. */
  child(): void {
    const composite = this.#observed.get('addons');
    if (!composite) throw new Error('no add-ons');
    const observed = new Map([...this.#managed].map(([name, { object }]) => [name, object]));
    const output = composers.HikubeAddons({
      composite,
      observed,
      required: new Map(),
      catalog: hikubeCatalog,
      now: new Date(0),
    });
    for (const [name, { object }] of output.desired) if (OURS.test(name)) this.#apply(name, object);
    for (const [name, managed] of this.#managed)
      if (!output.desired.has(name))
        managed.object = { ...managed.object, metadata: { ...managed.object.metadata, deletionTimestamp: 'now' } };
    this.#status = output.status;
  }

  report(): void {
    const child = this.#observed.get('addons');
    if (child && this.#status) this.#observed.set('addons', { ...child, status: this.#status });
  }

  /** Flux does the next thing there is to do about the n-th release. */
  flux(n: number): void {
    const entries = [...this.#managed];
    const entry = entries[n % Math.max(entries.length, 1)];
    if (!entry) return;
    const [name, managed] = entry;
    if (managed.object.metadata.deletionTimestamp) this.#uninstall(name, managed);
    else this.#reconcile(name, managed);
  }

  #reconcile(name: string, managed: Managed): void {
    const first = managed.applied !== managed.generation;
    if (first) this.#install(name, managed);
    managed.everReady ||= !first;
    managed.object = {
      ...managed.object,
      status: {
        observedGeneration: managed.generation,
        conditions: [{ type: 'Ready', status: first ? 'Unknown' : 'True', observedGeneration: managed.generation }],
      },
    };
  }

  /** Everybody acts until nothing changes any more. */
  settle(): void {
    for (let round = 0, before = ''; round < 60; round++) {
      this.parent();
      this.child();
      for (let n = 0; n < 8; n++) this.flux(n);
      this.child();
      this.report();
      const now = JSON.stringify([this.#observed.get('addons')?.spec, this.#status, this.releases()]);
      if (now === before) return;
      before = now;
    }
    throw new Error('it does not settle');
  }

  /** Release whose Pods the Service sends traffic to, if they have been seen ready. */
  serving(): string | undefined {
    const instance = this.service?.instance;
    const managed = instance === undefined ? undefined : this.#managed.get(instance);
    return managed?.everReady && [...this.deployments.values()].includes(instance ?? '') ? instance : undefined;
  }

  releases(): string[] {
    return [...this.#managed.keys()].sort();
  }

  #apply(name: string, object: KubeObject): void {
    const managed = this.#managed.get(name);
    if (!managed) {
      const created = { ...object, metadata: { ...object.metadata, generation: 1 } };
      this.#managed.set(name, { object: created, generation: 1, applied: 0, everReady: false });
      return;
    }
    if (JSON.stringify(managed.object.spec) === JSON.stringify(object.spec)) return;
    managed.generation += 1;
    const metadata = { ...managed.object.metadata, generation: managed.generation };
    managed.object = { ...managed.object, spec: object.spec ?? {}, metadata };
  }

  #install(name: string, managed: Managed): void {
    const values = objectAt(managed.object.spec, 'values');
    if (name === 'ingress') this.#take(stringAt(values, ...SELECTED) ?? '', false);
    else {
      const deployment = deploymentOf(name, values);
      const owner = this.deployments.get(deployment);
      if (owner !== undefined && owner !== name) throw new Error(`${name} and ${owner} both want ${deployment}`);
      this.deployments.set(deployment, name);
      if (ownsService(name, values)) this.#take(name, keeps(values));
      else if (managed.installed && ownsService(name, managed.installed) && !this.service?.keep)
        this.service = undefined;
    }
    managed.installed = values;
    managed.applied = managed.generation;
  }

  #uninstall(name: string, { installed }: Managed): void {
    this.#managed.delete(name);
    if (!installed) return;
    this.deployments.delete(deploymentOf(name, installed));
    if (name === 'ingress' || (ownsService(name, installed) && !keeps(installed))) this.service = undefined;
  }

  #take(instance: string, keep: boolean): void {
    if (!this.service) this.#services += 1;
    this.service = { uid: this.#services, keep, instance };
  }
}

const SELECTED = ['ingress', 'service', 'spec', 'selector', 'app.kubernetes.io/instance'];

function deploymentOf(name: string, values: JsonObject): string {
  const full = stringAt(values, 'fullnameOverride');
  return name.startsWith('ingress-traefik') ? (full ?? name) : `${full ?? 'ingress-nginx'}-controller`;
}

function ownsService(name: string, values: JsonObject): boolean {
  return name.startsWith('ingress-nginx') && booleanAt(values, 'controller', 'service', 'enabled') !== false;
}

function keeps(values: JsonObject): boolean {
  return at(values, 'controller', 'service', 'annotations', 'helm.sh/resource-policy') === 'keep';
}
