import { describe, expect, test } from 'vitest';
import { KINDS } from '../api/group.ts';
import { at, type JsonObject, listAt, objectAt } from '../base/json.ts';
import { names } from '../base/names.ts';
import type { KubeObject } from '../base/object.ts';
import { hikubeCatalog } from '../catalog/index.ts';
import { appliedObjects } from './applied.ts';
import { flatten, type SimulatedComposite, simulate, simulatedRounds } from './index.ts';

const WEB = { instanceType: 's1.large', minReplicas: 1, maxReplicas: 9 };
const TWO = { nodeGroups: { web: WEB, batch: { instanceType: 's1.large', minReplicas: 1 } } };
const now = new Date('2026-11-25T00:00:00Z');

/** What `kubectl get -o yaml` shows of a cluster that an earlier function made, under the names Crossplane drew. */
const made = simulate(composite(TWO), hikubeCatalog);
const observed = objectsOf(made);

describe('a simulation that begins with what an earlier function made', () => {
  test('ends where it began when nothing is asked anew', () => {
    const rounds = [...simulatedRounds(claim(TWO), hikubeCatalog, { observed, now })];
    expect(rounds.length).toBe(2);
    for (const round of rounds) {
      expect(flatten(round).flatMap(appliedObjects)).toEqual(made.flatMap(appliedObjects));
      expect(objectsOf(flatten(round))).toEqual(observed);
    }
  });

  test('goes on as the composite that stands for the claim, whatever Crossplane named it', () => {
    const [top] = simulate(claim(TWO), hikubeCatalog, { observed, now });
    expect(top?.input.composite.metadata).toMatchObject({ name: 'demo-a1b2c', uid: 'uid-of-demo' });
    const [foreign] = simulate(claim(TWO, 'other'), hikubeCatalog, { observed, now });
    expect(foreign?.input.composite.metadata.name).toBe('other-xxxxx');
  });

  test('comes to the same from half of it, and from one in which nothing is ready', () => {
    const half = observed.filter((_, index) => index % 2 === 0);
    const unready = observed.map(({ status: _, ...object }) => object);
    for (const beginning of [half, unready]) {
      const end = simulate(claim(TWO), hikubeCatalog, { observed: beginning, now });
      expect(byName(end.flatMap(appliedObjects))).toEqual(byName(made.flatMap(appliedObjects)));
      expect(end[0]?.output.ready).toBe(true);
    }
  });

  test('lets a node group go in two steps, and drops it with all below it', () => {
    const rounds = [...simulatedRounds(claim({ nodeGroups: { web: WEB } }), hikubeCatalog, { observed, now })];
    const batch = rounds.map(round => {
      const below = round.children.get('pool-batch');
      return below && `${objectAt(below.input.composite, 'spec').retire === true} ${below.output.desired.size}`;
    });
    expect(batch[0]).toMatch(/^false \d{1,2}$/);
    expect(batch).toContain('true 0');
    expect(batch.at(-1)).toBeUndefined();
    const left = objectsOf(flatten(last(rounds)));
    expect(left.filter(object => !observed.some(({ metadata }) => metadata.uid === object.metadata.uid))).toEqual([]);
    expect(left.length).toBeLessThan(observed.length);
    expect(left.filter(({ metadata }) => metadata.name.includes('batch'))).toEqual([]);
  });

  test('lets it go as well where Crossplane has recorded what it is composed of', () => {
    const recorded = observed.map(object => (object.kind === KINDS.nodePool ? withRecords(object) : object));
    const end = simulate(claim({ nodeGroups: { web: WEB } }), hikubeCatalog, { observed: recorded, now });
    const pools = end.filter(({ kind }) => kind === KINDS.nodePool);
    expect(pools.map(({ input }) => listAt(input.composite, 'spec', 'crossplane', 'resourceRefs').length)).toEqual(
      pools.map(({ output }) => output.desired.size),
    );
    expect(pools.length).toBe(1);
  });

  test('makes a node group that is new beside what stands', () => {
    const end = simulate(claim({ nodeGroups: { ...TWO.nodeGroups, more: WEB } }), hikubeCatalog, { observed, now });
    const objects = objectsOf(end);
    expect(objects).toEqual(expect.arrayContaining(observed.filter(({ kind }) => kind === 'MachineDeployment')));
    expect(objects.some(({ kind, metadata }) => kind === KINDS.nodePool && metadata.name.includes('more'))).toBe(true);
    expect(end[0]?.output.ready).toBe(true);
  });

  test('leaves the number of nodes to the autoscaler', () => {
    const grown = observed.map(object =>
      object.kind === 'MachineDeployment' && object.metadata.name.includes('web-geneva')
        ? { ...object, spec: { ...objectAt(object, 'spec'), replicas: 2 } }
        : object,
    );
    const counts = objectsOf(simulate(claim(TWO), hikubeCatalog, { observed: grown, now }))
      .filter(({ kind, metadata }) => kind === 'MachineDeployment' && metadata.name.includes('web-geneva'))
      .map(object => [at(object, 'spec', 'replicas'), at(object, 'status', 'readyReplicas')]);
    expect(counts).toEqual([[2, 2]]);
  });

  test('shows the function what it asks for among the objects that others made', () => {
    const host = 'demo.acme.k8s.hikube.cloud';
    const reservation = {
      apiVersion: 'hikube.cloud/v1alpha1',
      kind: 'HostReservation',
      metadata: {
        name: names.hostReservation(host),
        uid: 'theirs',
        ownerReferences: [{ controller: true, uid: 'other' }],
      },
      spec: { host, cluster: { namespace: 'other', name: 'demo' } },
    };
    const [top] = simulate(claim(TWO), hikubeCatalog, { observed: [reservation], now });
    expect(top?.input.required.get(`host/${reservation.spec.host}`)).toEqual([reservation]);
    expect([...(top?.output.desired.keys() ?? [])]).not.toContain(reservation.metadata.name);
    const endpointOf = (cluster: SimulatedComposite | undefined) =>
      at(cluster?.output.desired.get('control-plane')?.object, 'spec', 'endpoint', 'host');
    expect([endpointOf(made[0]), endpointOf(top)]).toEqual([host, undefined]);
  });

  test('stops where the function would not go on', () => {
    const broken = observed.map(object => (object.kind === KINDS.etcd ? { ...object, spec: { zones: 1 } } : object));
    expect(() => simulate(claim(TWO), hikubeCatalog, { observed: broken, now })).toThrow('nothing is changed');
  });
});

/** Everything that was observed in a round, the topmost composite first. */
function objectsOf(composites: SimulatedComposite[]): KubeObject[] {
  const [top] = composites;
  return [...(top ? [top.input.composite] : []), ...composites.flatMap(({ input }) => [...input.observed.values()])];
}

function byName(objects: KubeObject[]): Record<string, KubeObject> {
  return Object.fromEntries(objects.map(object => [`${object.kind} ${object.metadata.name}`, object]));
}

function withRecords(pool: KubeObject): KubeObject {
  const resourceRefs = Array.from({ length: 4 }, (_, index) => ({ kind: 'Secret', name: `was-${index}` }));
  return { ...pool, spec: { ...objectAt(pool, 'spec'), crossplane: { resourceRefs } } };
}

function last(rounds: SimulatedComposite[]): SimulatedComposite {
  const round = rounds.at(-1);
  if (!round) throw new Error('cannot tell the last of no rounds');
  return round;
}

function claim(spec: JsonObject, name = 'demo'): KubeObject {
  return { apiVersion: 'hikube.cloud/v1alpha1', kind: 'HikubeCluster', metadata: { name, namespace: 'acme' }, spec };
}

function composite(spec: JsonObject): KubeObject {
  return {
    apiVersion: 'hikube.cloud/v1alpha1',
    kind: KINDS.cluster,
    metadata: { name: 'demo-a1b2c', uid: 'uid-of-demo', generation: 7, creationTimestamp: '2026-03-01T00:00:00Z' },
    spec: {
      ...spec,
      claimRef: { apiVersion: 'hikube.cloud/v1alpha1', kind: 'HikubeCluster', namespace: 'acme', name: 'demo' },
    },
  };
}
