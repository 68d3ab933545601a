import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { API_VERSION } from '../../api/group.ts';
import { booleanAt, isObject, type JsonObject, objectAt } from '../../base/json.ts';
import type { KubeObject } from '../../base/object.ts';
import { hikubeCatalog } from '../../catalog/index.ts';
import { composers } from '../index.ts';
import { seen } from '../testing/seen.ts';
import { ComposeError } from '../types.ts';
import {
  compose,
  composite,
  condition,
  keys,
  observe,
  SPEC,
  STATUS,
  specs,
  standing,
  WEB,
} from './testing/standing.ts';

describe('composeCluster', () => {
  test('brings the parts up one after the other', () => {
    const first = compose(SPEC);
    expect(keys(first.desired).filter(name => !name.startsWith('host-'))).toEqual(['etcd']);
    expect(first.ready).toBe(false);
    const second = compose(SPEC, observe(first.desired));
    expect(keys(second.desired)).toEqual(expect.arrayContaining(['datastore', 'etcd', 'usage-etcd']));
    expect(second.desired.has('control-plane')).toBe(false);
    const third = compose(SPEC, observe(second.desired));
    expect(third.desired.has('control-plane')).toBe(true);
    expect(third.desired.has('pool-web')).toBe(false);
    const fourth = compose(SPEC, observe(third.desired));
    expect(keys(fourth.desired)).toEqual(expect.arrayContaining(['addons', 'pool-ml', 'pool-web']));
  });

  test('H94 is ready when every part is, and stays below 40 objects', () => {
    const output = compose(SPEC, standing(SPEC));
    expect(output.ready).toBe(true);
    expect(
      output.conditions
        .filter(({ type }) => type !== 'StorageReady' && type !== 'NetworkReady' && type !== 'AddonsReady')
        .map(({ status }) => status),
    ).not.toContain('False');
    expect(output.desired.size).toBeLessThanOrEqual(40);
  });

  test('keeps everything that stands when readiness is lost', () => {
    const ready = standing(SPEC);
    const degraded = new Map([...ready].map(([name, object]) => [name, { ...object, status: {} }]));
    expect(keys(compose(SPEC, degraded).desired)).toEqual(keys(ready));
    expect(compose(SPEC, degraded).ready).toBe(false);
  });

  test('reaches a fixed point: composing what stands changes nothing', () => {
    const ready = standing(SPEC);
    expect(specs(compose(SPEC, ready).desired)).toEqual(
      Object.fromEntries([...ready].map(([name, object]) => [name, object.spec])),
    );
  });

  test.each([
    [{ version: 'v1.99' }, 'UnknownVersion'],
    [{ version: 'v1.30' }, 'VersionDowngrade'],
    [{ nodeGroups: { web: { ...WEB, instanceType: 's1.lrage' } } }, 'UnknownInstanceType'],
    [{ nodeGroups: { web: { ...WEB, minReplicas: 11 } } }, 'MinAboveMax'],
    [{ nodeGroups: { web: { ...WEB, gpus: [{ name: 'x' }] } } }, 'UnknownGpu'],
    [{ nodeGroups: { web: { ...WEB, gpus: 'x' } } }, 'InvalidField'],
    [{ storageClass: 'local' }, 'StorageClassChanged'],
    [{ zones: ['geneva'] }, 'ZonesChanged'],
  ])('a running cluster whose claim becomes %j goes on unchanged', (wrong, code) => {
    const ready = standing(SPEC);
    const output = compose({ ...SPEC, ...wrong }, ready);
    expect(condition(output, 'Accepted')).toMatchObject({ status: 'False', reason: code });
    expect(specs(output.desired)).toEqual(Object.fromEntries([...ready].map(([name, object]) => [name, object.spec])));
    expect(output.ready).toBe(true);
  });

  test('a claim that is wrong from the start creates nothing', () => {
    const output = compose({ ...SPEC, version: 'v1.99' });
    expect(output.desired.size).toBe(0);
    expect(output.ready).toBe(false);
    expect(new Set(output.conditions.slice(1).map(({ status }) => status))).toEqual(new Set(['Unknown']));
  });

  test('H56 a node group leaves in two steps: retired first, dropped when nothing of it is seen', () => {
    const ready = standing(SPEC);
    const smaller: JsonObject = { ...SPEC, nodeGroups: { web: WEB } };
    const retiring = compose(smaller, ready).desired.get('pool-ml')?.object;
    expect(booleanAt(retiring, 'spec', 'retire')).toBe(true);
    const stillThere = new Map(ready).set('pool-ml', {
      ...seen(ready, 'pool-ml'),
      spec: retiring?.spec,
      status: { composed: 3 },
    });
    expect(compose(smaller, stillThere).desired.has('pool-ml')).toBe(true);
    const emptied = new Map(ready).set('pool-ml', {
      ...seen(ready, 'pool-ml'),
      spec: retiring?.spec,
      status: { composed: 0, composedAt: 1 },
    });
    expect(compose(smaller, emptied).desired.has('pool-ml')).toBe(false);
  });

  test.each([
    ['was counted before it came back', { composed: 0, composedAt: 1 }, 3, []],
    ['has objects recorded', { composed: 0, composedAt: 3 }, 3, [{ kind: 'MachineDeployment', name: 'shop-ml' }]],
    ['comes from nobody knows when', { composed: 0 }, 3, []],
  ])('a count of nothing left is not believed when it %s', (_, status, generation, resourceRefs) => {
    const smaller: JsonObject = { ...SPEC, nodeGroups: { web: WEB } };
    const ready = standing(SPEC);
    const pool = seen(ready, 'pool-ml');
    const leaving = { ...objectAt(pool, 'spec'), retire: true, crossplane: { resourceRefs } };
    const again = { ...pool, metadata: { ...pool.metadata, generation }, spec: leaving, status };
    const output = compose(smaller, new Map(ready).set('pool-ml', again));
    expect(booleanAt(output.desired.get('pool-ml')?.object, 'spec', 'retire')).toBe(true);
  });

  test('a node group that comes back while it leaves is no longer retired', () => {
    const ready = standing(SPEC);
    const leaving = {
      ...seen(ready, 'pool-ml'),
      spec: { ...objectAt(ready.get('pool-ml'), 'spec'), retire: true },
    };
    const back = compose(SPEC, new Map(ready).set('pool-ml', leaving)).desired.get('pool-ml')?.object;
    expect(booleanAt(back, 'spec', 'retire')).toBeUndefined();
  });

  test('H47 nodes keep their version until the control plane has reached the new one', () => {
    const ready = standing(SPEC);
    const upgraded = { ...SPEC, version: 'v1.35' };
    const during = compose(upgraded, ready).desired;
    expect(during.get('control-plane')?.object.spec).toMatchObject({ version: hikubeCatalog.versions['v1.35']?.patch });
    expect(during.get('pool-web')?.object.spec).toMatchObject({ version: hikubeCatalog.versions['v1.34']?.patch });
    const reached = new Map(ready).set('control-plane', {
      ...seen(ready, 'control-plane'),
      status: { ...STATUS.HikubeControlPlane, version: hikubeCatalog.versions['v1.35']?.patch },
    });
    expect(compose(upgraded, reached).desired.get('pool-web')?.object.spec).toMatchObject({
      version: hikubeCatalog.versions['v1.35']?.patch,
    });
  });

  test('a host name is used only once its reservation is seen as ours', () => {
    const spec = { ...SPEC, host: 'api.example.com' };
    const unknown = compose(spec, new Map(), { required: new Map() });
    expect(keys(unknown.desired).some(name => name.startsWith('host-'))).toBe(false);
    expect(unknown.requirements.size).toBe(1);
    expect(keys(compose(spec).desired).filter(name => name.startsWith('host-'))).toHaveLength(1);
    const endpoint = objectAt(standing(spec).get('control-plane'), 'spec', 'endpoint');
    expect(endpoint.host).toBe('api.example.com');
  });

  test('a host name another cluster holds is refused, and a running cluster keeps its own', () => {
    const [[key, requirement] = ['', undefined]] = compose({ ...SPEC, host: 'api.example.com' }).requirements;
    const taken: KubeObject = {
      apiVersion: API_VERSION,
      kind: 'HostReservation',
      metadata: { name: requirement?.name ?? '', ownerReferences: [{ uid: 'other' }] },
    };
    const required = new Map([[key, [taken]]]);
    expect(condition(compose({ ...SPEC, host: 'api.example.com' }, new Map(), { required }), 'Accepted')?.reason).toBe(
      'HostTaken',
    );
    const ready = standing(SPEC);
    expect(specs(compose({ ...SPEC, host: 'api.example.com' }, ready, { required }).desired)).toEqual(
      Object.fromEntries([...ready].map(([key, object]) => [key, object.spec])),
    );
  });

  test('H65 hosts of the shared ingress are reserved first, then used, and let go once the control plane has left them', () => {
    const withHosts = (...hosts: string[]) => ({ ...SPEC, addons: { ingressNginx: { enabled: true, hosts } } });
    const reservations = (output: ReturnType<typeof compose>) =>
      keys(output.desired).filter(name => name.startsWith('host-')).length;
    expect(reservations(compose(withHosts('a.example.com', 'b.example.com')))).toBe(3);
    const ready = standing(withHosts('a.example.com', 'b.example.com'));
    const { ingress } = objectAt(ready.get('control-plane'), 'spec');
    expect(ingress).toMatchObject({ hosts: ['a.example.com', 'b.example.com'] });
    const leaving = compose(withHosts('a.example.com'), ready);
    expect(objectAt(leaving.desired.get('control-plane')?.object, 'spec').ingress).toMatchObject({
      hosts: ['a.example.com'],
    });
    expect(reservations(leaving)).toBe(3);
    expect(reservations(compose(withHosts('a.example.com'), observe(leaving.desired)))).toBe(2);
  });

  test('a child that cannot be read ends the round without any change', () => {
    const broken = new Map(standing(SPEC)).set('pool-web', {
      ...seen(standing(SPEC), 'pool-web'),
      spec: { zones: 'everywhere' },
    });
    expect(() => compose(SPEC, broken)).toThrow(ComposeError);
  });

  test('fields a newer function wrote into a child survive a refused request', () => {
    const ready = standing(SPEC);
    const newer = {
      ...seen(ready, 'etcd'),
      spec: { ...objectAt(ready.get('etcd'), 'spec'), fromTheFuture: { kept: true } },
    };
    const output = compose({ ...SPEC, version: 'v1.99' }, new Map(ready).set('etcd', newer));
    expect(output.desired.get('etcd')?.object.spec).toMatchObject({ fromTheFuture: { kept: true } });
  });

  test('whatever a claim says, nothing that stands is dropped unless the claim dropped its group', () => {
    const ready = standing(SPEC);
    fc.assert(
      fc.property(
        fc.anything({ maxDepth: 3 }),
        fc.constantFrom('version', 'nodeGroups', 'controlPlane', 'addons', 'host', 'zones', 'storageClass'),
        (value, field) => {
          const spec = { ...SPEC, ...(JSON.parse(JSON.stringify({ [field]: value })) ?? {}) };
          const output = compose(isObject(spec) ? spec : SPEC, ready);
          const kept = keys(ready).filter(name => !name.startsWith('host-'));
          expect(keys(output.desired)).toEqual(expect.arrayContaining(kept));
        },
      ),
      { numRuns: 100 },
    );
  });

  test('the order in which maps arrive changes nothing', () => {
    const shuffled = (value: unknown): unknown => {
      if (Array.isArray(value)) return value.map(shuffled);
      if (!isObject(value)) return value;
      return Object.fromEntries(
        Object.entries(value)
          .reverse()
          .map(([key, entry]) => [key, shuffled(entry)]),
      );
    };
    const spec: JsonObject = {
      ...SPEC,
      nodeGroups: objectAt(
        shuffled({ ...objectAt(SPEC, 'nodeGroups'), db: { instanceType: 'm1.lrge' }, ci: { instanceType: 'x' } }),
      ),
    };
    const ready = standing(SPEC);
    const backwards = new Map([...ready].reverse().map(([name, object]) => [name, { ...object, status: {} }]));
    const forwards = new Map([...ready].map(([name, object]) => [name, { ...object, status: {} }]));
    const one = compose(spec, forwards);
    const other = compose(objectAt(shuffled(spec)), backwards);
    expect(other.conditions).toEqual(one.conditions);
    expect(JSON.stringify(other.status.waiting)).toBe(JSON.stringify(one.status.waiting));
    expect(JSON.stringify(other.status.problems)).toBe(JSON.stringify(one.status.problems));
    expect(JSON.stringify([...other.desired])).toBe(JSON.stringify([...one.desired]));
  });

  test.each([
    [{ nodeGroups: { web: { instanceType: 'constructor' } } }, 'UnknownInstanceType'],
    [{ nodeGroups: { web: { instanceType: 's1.large', constructor: {} } } }, 'UnknownField'],
    [{ nodeGroups: { web: { instanceType: 's1.large', zones: ['constructor'] } } }, 'UnknownZone'],
    [{ zones: ['constructor'], nodeGroups: { web: { instanceType: 's1.large' } } }, 'UnknownZone'],
    [{ storageClass: 'constructor' }, 'UnknownStorageClass'],
    [
      { nodeGroups: { constructor: { instanceType: 's1.large' }, 'to-string': { instanceType: 's1.large' } } },
      'Accepted',
    ],
  ])('names that every JavaScript object has mean nothing: %j', (spec, reason) => {
    expect(condition(compose(spec), 'Accepted')?.reason).toBe(reason);
    const ready = standing({ nodeGroups: { web: { instanceType: 's1.large' } } });
    expect(condition(compose({ ...spec, zones: null, storageClass: '' }, ready), 'Accepted')).toBeDefined();
  });

  test('a new group of a version that left the catalogue is refused, the cluster goes on', () => {
    const ready = standing(SPEC);
    const { 'v1.34': _, ...versions } = hikubeCatalog.versions;
    const spec = { ...SPEC, nodeGroups: { ...objectAt(SPEC, 'nodeGroups'), fresh: { instanceType: 's1.large' } } };
    const output = compose(spec, ready, { catalog: { ...hikubeCatalog, versions } });
    expect(condition(output, 'Accepted')).toMatchObject({ status: 'False', reason: 'UnknownVersion' });
    expect(keys(output.desired)).toEqual(keys(ready));
  });

  test('a composite without a claim is refused', () => {
    const orphan = { ...composite(SPEC), spec: SPEC };
    expect(() =>
      composers.XHikubeCluster({
        composite: orphan,
        observed: new Map(),
        required: new Map(),
        catalog: hikubeCatalog,
        now: new Date(0),
      }),
    ).toThrow(/no claim/);
  });
});
