import { createHash } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { API_VERSION, HOST_RESERVATION_KIND } from '../../api/group.ts';
import { controlPlaneSpec } from '../../api/parts/control-plane.ts';
import { type JsonObject, objectAt } from '../../base/json.ts';
import { names } from '../../base/names.ts';
import type { KubeObject } from '../../base/object.ts';
import { renderControlPlane } from '../../render/control-plane/index.ts';
import { seen } from '../testing/seen.ts';
import type { ComposeOutput } from '../types.ts';
import { hostRequirement } from './read/reservations.ts';
import { compose, condition, keys, observe, SPEC, specs, standing } from './testing/standing.ts';

const VICTIM = 'api.victim.example.com';
/** Found in 11 seconds on one core: the same first 24 bits of SHA-256. */
const ATTACKER = 'hlnrav.attacker.example.org';
const shortHash = (host: string) => createHash('sha256').update(host).digest('hex').slice(0, 6);
/** What reservations were composed as before their names held the whole hash. */
const oldPart = (host: string) => `host-${shortHash(host)}`;

const reservation = (host: string, owner: JsonObject = { uid: 'uid-2', controller: true }): KubeObject => ({
  apiVersion: API_VERSION,
  kind: HOST_RESERVATION_KIND,
  metadata: { name: names.hostReservation(host), ownerReferences: [owner] },
  spec: { host, cluster: { namespace: 'victim', name: 'shop' } },
});
const OURS = { uid: 'uid-1', controller: true };

/** Everything that would be applied, the control plane's own objects included, as text. */
function applied(output: ComposeOutput): string {
  const plane = output.desired.get('control-plane')?.object;
  const below = plane
    ? renderControlPlane({ namespace: 'acme', name: 'shop' }, controlPlaneSpec.parse(plane.spec))
    : new Map();
  return JSON.stringify([[...output.desired], [...below]]);
}

/** The same cluster as if an older function had let a spec through: some fields of its control plane are others. */
function letThrough(ready: Map<string, KubeObject>, fields: JsonObject): Map<string, KubeObject> {
  const plane = seen(ready, 'control-plane');
  return new Map(ready).set('control-plane', { ...plane, spec: { ...objectAt(plane, 'spec'), ...fields } });
}

const withHosts = (...hosts: string[]) => ({ ...SPEC, addons: { ingressNginx: { enabled: true, hosts } } });
const endpoint = (host: string) => ({ host, ingressClass: 'nginx' });
const endpointOf = (output: ComposeOutput) =>
  objectAt(output.desired.get('control-plane')?.object, 'spec', 'endpoint').host;

describe('a host that another cluster holds', () => {
  test('can be given a second name with the same short hash', () => {
    expect(shortHash(ATTACKER)).toBe(shortHash(VICTIM));
    expect(names.hostReservation(ATTACKER)).not.toBe(names.hostReservation(VICTIM));
  });

  /** A running cluster that holds the attacker's host, composed under the short name an older function gave it. */
  const attacker = () => {
    const ready = standing({ ...SPEC, host: ATTACKER });
    ready.delete(names.hostReservation(ATTACKER));
    return ready.set(oldPart(ATTACKER), reservation(ATTACKER, OURS));
  };

  test.each([
    ['as the name of the API', { ...SPEC, host: VICTIM }],
    ['in other letters', { ...SPEC, host: VICTIM.toUpperCase() }],
    ['for the shared ingress', withHosts(VICTIM)],
    ['beside the own name', { ...withHosts(VICTIM), host: ATTACKER }],
  ])('is not won by a colliding name: %s', (_, spec) => {
    const output = compose(spec, attacker(), { found: [reservation(VICTIM)] });
    expect(condition(output, 'Accepted')?.reason).toBe('HostTaken');
    expect(applied(output).toLowerCase()).not.toContain(VICTIM);
    const unknown = compose(spec, attacker(), { required: new Map() });
    expect(applied(unknown).toLowerCase()).not.toContain(VICTIM);
    expect(unknown.requirements.has(hostRequirement(VICTIM))).toBe(true);
  });

  const POISONED: [string, JsonObject][] = [
    ['the name of the API', { endpoint: endpoint(VICTIM) }],
    ['a host of the shared ingress', { ingress: { hosts: ['own.example.com', VICTIM], ingressClass: 'nginx' } }],
    ['its only host', { endpoint: endpoint(ATTACKER), ingress: { hosts: [VICTIM], ingressClass: 'nginx' } }],
  ];
  const REQUESTS: [string, JsonObject][] = [
    ['that is refused for it', { ...SPEC, host: VICTIM }],
    ['that is refused for something else', { ...SPEC, version: 'v1.99' }],
    ['that cannot be read', { ...SPEC, nodeGroups: 'all' }],
    ['that is accepted', SPEC],
  ];
  test.each(POISONED.flatMap(([what, fields]) => REQUESTS.map(([how, spec]) => ({ what, fields, how, spec }))))(
    'leaves a cluster that runs with it as $what, whatever the request: one $how',
    ({ fields, spec }) => {
      const poisoned = letThrough(attacker(), fields);
      const output = compose(spec, poisoned, { found: [reservation(VICTIM)] });
      expect(applied(output)).not.toContain(VICTIM);
      expect(keys(output.desired)).toEqual(expect.arrayContaining(['control-plane', 'pool-web', 'addons']));
      expect(output.requirements.has(hostRequirement(VICTIM))).toBe(true);
    },
  );

  test.each([
    ['controlled by nobody', { ...reservation(VICTIM, OURS), metadata: { name: names.hostReservation(VICTIM) } }],
    ['of which we are an owner but not the controller', reservation(VICTIM, { uid: 'uid-1' })],
    ['for another host', { ...reservation(VICTIM, OURS), spec: reservation(ATTACKER).spec }],
    ['without a host', { ...reservation(VICTIM, OURS), spec: {} }],
  ])('is not proven ours by a reservation %s', (_, object) => {
    const found = [object];
    const output = compose({ ...SPEC, host: VICTIM }, standing(SPEC), { found });
    expect(condition(output, 'Accepted')?.reason).toBe('HostTaken');
    const observed = new Map(standing(SPEC)).set(oldPart(VICTIM), object);
    expect(applied(compose({ ...SPEC, host: VICTIM }, observed, { found }))).not.toContain(VICTIM);
  });

  test('is not proven ours by a reservation of another name', () => {
    const misnamed = { ...reservation(ATTACKER, OURS), spec: reservation(VICTIM).spec };
    const observed = new Map(standing(SPEC)).set(oldPart(VICTIM), misnamed);
    const output = compose({ ...SPEC, host: VICTIM }, observed, { found: [reservation(VICTIM)] });
    expect(condition(output, 'Accepted')?.reason).toBe('HostTaken');
    expect(applied(output)).not.toContain(VICTIM);
  });
});

describe('a host of our own', () => {
  const spec = { ...SPEC, host: 'api.example.com' };
  const part = names.hostReservation('api.example.com');

  test('stays composed under the short name it was given', () => {
    const old = standing(spec);
    const held = seen(old, part);
    old.delete(part);
    old.set(oldPart('api.example.com'), held);
    for (const request of [spec, { ...spec, version: 'v1.99' }, { ...spec, nodeGroups: 'all' }]) {
      const output = compose(request, old);
      expect(specs(output.desired)).toEqual(Object.fromEntries([...old].map(([name, { spec }]) => [name, spec])));
    }
  });

  test.each([
    ['an accepted request', spec],
    ['a refused request', { ...spec, version: 'v1.99' }],
  ])('is held again after a round in which its reservation was not observed, by %s', (_, request) => {
    const unseen = standing(spec);
    const held = seen(unseen, part);
    unseen.delete(part);
    for (const found of [[held], []]) {
      const output = compose(request, unseen, { found });
      expect(output.desired.get(part)?.object.spec).toMatchObject({ host: 'api.example.com' });
      expect(endpointOf(output)).toBe('api.example.com');
    }
    const unknown = compose(request, unseen, { required: new Map() });
    expect(endpointOf(unknown)).toBe('api.example.com');
    expect(unknown.requirements.has(hostRequirement('api.example.com'))).toBe(true);
  });

  test('is still ours when a backup brought its reservation back without an owner', () => {
    const restored = standing(spec);
    const { ownerReferences: _, ...metadata } = seen(restored, part).metadata;
    const orphan: KubeObject = { ...seen(restored, part), metadata };
    for (const observed of [
      new Map(restored).set(part, orphan),
      new Map([...restored].filter(([key]) => key !== part)),
    ]) {
      const output = compose(spec, observed, { found: [orphan] });
      expect(endpointOf(output)).toBe('api.example.com');
      expect(output.desired.has(part)).toBe(true);
    }
  });

  test('stays held until the Ingresses have left it: who takes it sooner meets ours', () => {
    const moved = { ...SPEC, host: 'new.example.com' };
    const serving = (observed: Map<string, KubeObject>, ...hosts: string[]) => {
      const plane = seen(observed, 'control-plane');
      return new Map(observed).set('control-plane', { ...plane, status: { ...objectAt(plane, 'status'), hosts } });
    };
    const first = observe(compose(moved, standing(spec)).desired);
    const second = observe(compose(moved, first).desired);
    expect(objectAt(second.get('control-plane'), 'spec', 'endpoint').host).toBe('new.example.com');
    expect(compose(moved, serving(second, 'api.example.com')).desired.has(part)).toBe(true);
    expect(compose({ ...moved, mistake: 1 }, serving(second, 'api.example.com')).desired.has(part)).toBe(true);
    expect(compose(moved, serving(second, 'new.example.com')).desired.has(part)).toBe(false);
  });

  test('stays held while the control plane has not told of its present spec: it may be giving it to an Ingress', () => {
    const moved = { ...SPEC, host: 'new.example.com' };
    const second = observe(compose(moved, observe(compose(moved, standing(spec)).desired)).desired);
    const plane = seen(second, 'control-plane');
    const told = (hostsAt: number | undefined) => {
      const { hostsAt: _, ...status } = objectAt(plane, 'status');
      const said = hostsAt === undefined ? status : { ...status, hostsAt };
      return new Map(second).set('control-plane', { ...plane, status: said });
    };
    for (const early of [told(0), told(undefined)]) expect(compose(moved, early).desired.has(part)).toBe(true);
    expect(compose(moved, told(1)).desired.has(part)).toBe(false);
  });

  test('is let go once the control plane has left it', () => {
    const moved = { ...SPEC, host: 'new.example.com' };
    const first = observe(compose(moved, standing(spec)).desired);
    const second = observe(compose(moved, first).desired);
    const third = compose(moved, second);
    expect(endpointOf(third)).toBe('new.example.com');
    expect(keys(third.desired).filter(name => name.startsWith('host-'))).toEqual([
      names.hostReservation('new.example.com'),
    ]);
  });
});

test('what is asked of Crossplane does not depend on what it answers, or its rounds would never settle', () => {
  for (const spec of [SPEC, { ...SPEC, host: VICTIM }, withHosts(VICTIM, ATTACKER), { ...SPEC, version: 'v1.99' }]) {
    for (const observed of [new Map<string, KubeObject>(), standing(withHosts(ATTACKER))]) {
      const asked = keys(compose(spec, observed, { required: new Map() }).requirements);
      const answers = asked.map(name => [name, [{ ...reservation(VICTIM), metadata: { name } }]] as const);
      expect(keys(compose(spec, observed, { required: new Map(answers) }).requirements)).toEqual(asked);
      expect(keys(compose(spec, observed).requirements)).toEqual(asked);
    }
  }
});

test('names that all tenants share carry 160 bits', () => {
  const shared = [...standing(withHosts('www.example.com'))].filter(([, { metadata }]) => !metadata.namespace);
  expect(shared.map(([, { kind }]) => kind).sort()).toEqual([
    'ClusterUsage',
    'DataStore',
    'HostReservation',
    'HostReservation',
  ]);
  for (const [, { metadata }] of shared) expect(metadata.name).toMatch(/^[a-z].*-[0-9a-f]{40}$/);
});

test('a cluster made before names were long keeps its DataStore', () => {
  const OLD = 'acme-shop-datastore-1a2b3c';
  const rename = (object: KubeObject, key: string): KubeObject =>
    key === 'datastore' ? { ...object, metadata: { ...object.metadata, name: OLD } } : object;
  const young = new Map(
    [...standing(SPEC)]
      .filter(([key]) => ['etcd', 'datastore', 'usage-etcd'].includes(key))
      .map(([key, object]) => [key, rename(object, key)]),
  );
  const store = (output: ComposeOutput) => [
    output.desired.get('datastore')?.object.metadata.name,
    objectAt(output.desired.get('usage-etcd')?.object, 'spec', 'by', 'resourceRef').name,
    objectAt(output.desired.get('control-plane')?.object, 'spec').dataStore,
  ];
  const first = compose(SPEC, young);
  expect(store(first)).toEqual([OLD, OLD, OLD]);
  const grown = observe(compose(SPEC, observe(first.desired)).desired);
  expect(store(compose(SPEC, grown))).toEqual([OLD, OLD, OLD]);
  expect(store(compose({ ...SPEC, version: 'v1.99' }, grown))).toEqual([OLD, OLD, OLD]);
  grown.delete('datastore');
  expect(store(compose(SPEC, grown))).toEqual([OLD, OLD, OLD]);
});
