import { describe, expect, test } from 'vitest';
import { API_VERSION } from '../../api/group.ts';
import { at, type JsonObject, listAt, objectAt } from '../../base/json.ts';
import type { KubeObject } from '../../base/object.ts';
import { type Catalog, hikubeCatalog } from '../../catalog/index.ts';
import { withReadyStatus } from '../../readiness/index.ts';
import { composers } from '../index.ts';
import type { ComposeInput } from '../types.ts';

const ZONES = ['geneva', 'lucerne', 'gland'];
const START = new Date('2026-11-25T12:00:00Z');
const SPEC: JsonObject = { version: 'v1.34', nodeGroups: { web: { instanceType: 's1.large', minReplicas: 3 } } };

/** A zone as Crossplane sees it: since when its Pods are ready or not, and whether its workers are. */
interface ZoneState {
  ready: boolean;
  since: Date;
  workers: number;
}

function pod(name: string, zone: string | undefined, { ready, since }: ZoneState): KubeObject {
  return {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: { name, namespace: 'acme', labels: zone ? { 'topology.kubernetes.io/zone': zone } : {} },
    status: {
      phase: 'Running',
      conditions: [{ type: 'Ready', status: ready ? 'True' : 'False', lastTransitionTime: since.toISOString() }],
    },
  };
}

/** Plays Crossplane for one claim over time. */
class World {
  now = START;
  spec = SPEC;
  catalog: Catalog = hikubeCatalog;
  labelled = true;
  observed = new Map<string, KubeObject>();
  zones: Record<string, ZoneState> = Object.fromEntries(
    ZONES.map(zone => [zone, { ready: true, since: START, workers: 1 }]),
  );

  round() {
    const composite = {
      apiVersion: API_VERSION,
      kind: 'XHikubeCluster',
      metadata: { name: 'shop-x', uid: 'uid-1' },
      spec: { ...this.spec, claimRef: { namespace: 'acme', name: 'shop' } },
    };
    let required: ComposeInput['required'] = new Map();
    let output = composers.XHikubeCluster({
      composite,
      observed: this.observed,
      required,
      catalog: this.catalog,
      now: this.now,
    });
    required = new Map(
      [...output.requirements].map(([name, { kind }]) => [name, kind === 'Pod' ? this.pods(name) : []]),
    );
    output = composers.XHikubeCluster({
      composite,
      observed: this.observed,
      required,
      catalog: this.catalog,
      now: this.now,
    });
    this.observed = new Map([...output.desired].map(([name, { object }]) => [name, this.asSeen(object)]));
    return output;
  }

  pass(seconds: number) {
    this.now = new Date(this.now.getTime() + seconds * 1000);
  }

  /** Two rounds: what the first applies is observed by the second. */
  settle() {
    this.round();
    return this.round();
  }

  turn(zone: string, ready: boolean, workers = ready ? 1 : 0) {
    this.zones[zone] = { ready, since: this.now, workers };
  }

  paused() {
    return at(this.observed.get('pool-web'), 'spec', 'pausedZones');
  }

  private pods(prefix: string): KubeObject[] {
    return Object.entries(this.zones).map(([zone, state]) =>
      pod(`${prefix}-${zone}`, this.labelled ? zone : undefined, state),
    );
  }

  private asSeen(object: KubeObject): KubeObject {
    const seen = withReadyStatus({ ...object, metadata: { ...object.metadata, ownerReferences: [{ uid: 'uid-1' }] } });
    const zones = Object.fromEntries(
      Object.entries(this.zones).map(([zone, { workers }]) => [zone, { desired: 1, standing: 1, ready: workers }]),
    );
    const known: Record<string, JsonObject> = {
      HikubeControlPlane: { initialized: true, version: hikubeCatalog.versions['v1.34']?.patch ?? '' },
      HikubeNodePool: { zones },
    };
    return { ...seen, status: { ...objectAt(seen, 'status'), ...known[object.kind] } };
  }
}

function standing(): World {
  const world = new World();
  for (let round = 0; round < 8; round += 1) world.round();
  world.pass(3600);
  return world;
}

const warnings = (output: ReturnType<World['round']>) =>
  listAt(output.status, 'warnings').map(entry => at(entry, 'code'));

describe('a zone that loses power', () => {
  test('is known to health checks before these replace its nodes, told, and forgotten when it is back', () => {
    const world = standing();
    world.turn('gland', false);
    world.pass(30);
    world.settle();
    expect(world.paused()).toBeUndefined();
    world.pass(40);
    const lost = world.settle();
    expect(world.paused()).toEqual(['gland']);
    expect(warnings(lost)).toContain('ZoneLost');
    expect(lost.recheckAfterSeconds).toBeGreaterThan(0);
    world.pass(4 * 3600);
    expect(world.settle().desired.size).toBe(lost.desired.size);
    expect(world.paused()).toEqual(['gland']);

    world.turn('gland', true, 0);
    world.pass(130);
    world.settle();
    expect(world.paused()).toEqual(['gland']);
    const { gland = expect.unreachable('there is no such zone') } = world.zones;
    world.zones.gland = { ...gland, workers: 1 };
    const back = world.settle();
    expect(world.paused()).toBeUndefined();
    expect(warnings(back)).not.toContain('ZoneLost');
  });

  test('is known too while the claim is refused', () => {
    const world = standing();
    world.spec = { ...SPEC, version: 'v1.99' };
    world.turn('gland', false);
    world.pass(90);
    const output = world.settle();
    expect(output.conditions[0]).toMatchObject({ type: 'Accepted', status: 'False' });
    expect(world.paused()).toEqual(['gland']);
  });

  test('is not judged where Pods do not carry their zone, or the platform does not let Crossplane read them', () => {
    const old = standing();
    old.labelled = false;
    old.turn('gland', false);
    old.pass(90);
    old.settle();
    expect(old.paused()).toBeUndefined();

    const world = standing();
    world.turn('gland', false);
    world.pass(90);
    world.settle();
    world.catalog = { ...hikubeCatalog, platform: { ...hikubeCatalog.platform, watchPods: false } };
    const output = world.settle();
    expect(world.paused()).toBeUndefined();
    expect([...output.requirements.values()].filter(({ kind }) => kind === 'Pod')).toEqual([]);
  });
});

test('Crossplane is asked for the Pods of API servers and etcd by labels of this cluster in its own namespace', () => {
  const pods = [...standing().round().requirements.values()].filter(({ kind }) => kind === 'Pod');
  expect(pods).toEqual([
    { apiVersion: 'v1', kind: 'Pod', namespace: 'acme', matchLabels: { 'kamaji.clastix.io/name': 'shop' } },
    {
      apiVersion: 'v1',
      kind: 'Pod',
      namespace: 'acme',
      matchLabels: { 'etcd-operator.cozystack.io/cluster': expect.stringMatching(/^shop-etcd-/) },
    },
  ]);
});
