import { describe, expect, test } from 'vitest';
import type { CompositeKind } from '../../../src/api/group.ts';
import { listAt, objectAt, stringAt } from '../../../src/base/json.ts';
import { hikubeCatalog } from '../../../src/catalog/index.ts';
import { hostRequirement } from '../../../src/compose/cluster/read/reservations.ts';
import type { ComposeInput } from '../../../src/compose/types.ts';
import { carriedOut, compose, readyInput, withObserved, without, withoutReleases, withSpec } from './world.ts';

interface Going {
  kind: CompositeKind;
  what: string;
  seen(ready: ComposeInput): ComposeInput;
  /** All that goes, as composed. */
  parts: RegExp;
  reason: RegExp;
}

const { 's1.small': _, ...instanceTypes } = hikubeCatalog.instanceTypes;
const SMALLER = { ...hikubeCatalog, instanceTypes };
const GLAND = { zones: { gland: { min: 3, max: 6 } } };
const host = (name: string) => ({ host: name, ingressClass: 'nginx' });
const hosts = (...names: string[]) => ({ hosts: names, ingressClass: 'nginx' });

const GOING: Going[] = [
  {
    kind: 'HikubeControlPlane',
    what: 'the Ingress of the API when its host goes',
    seen: ready => withSpec(ready, { endpoint: undefined }),
    parts: /^api-ingress$/,
    reason: /^the API has no public host any more$/,
  },
  {
    kind: 'HikubeControlPlane',
    what: 'the way to the ingress controller when its hosts go',
    seen: ready => withSpec(ready, { ingress: undefined }),
    parts: /^ingress-(service|tls|acme)$/,
    reason: /^no host leads to the ingress controller/,
  },
  {
    kind: 'HikubeControlPlane',
    what: 'for a round the way to the ingress controller when two hosts change places',
    seen: ready => withSpec(ready, { endpoint: host('www.example.com'), ingress: hosts('api.example.com') }),
    parts: /^ingress-(service|tls|acme)$/,
    reason: /^it comes back once another Ingress of the cluster has left api\.example\.com$/,
  },
  {
    kind: 'HikubeNodePool',
    what: 'a zone that the group has left and that is empty',
    seen: ready =>
      withObserved(withSpec(ready, GLAND), 'deployment-geneva', { spec: { replicas: 0 }, status: { replicas: 0 } }),
    parts: /^(deployment-geneva|machines-geneva-.*|bootstrap-geneva-.*)$/,
    reason: /^the group is to have no nodes in geneva, and has none$/,
  },
  {
    kind: 'HikubeNodePool',
    what: 'templates once all machines are made of others',
    seen: ready => {
      const changed = withSpec(ready, { image: 'example.com/other' });
      return carriedOut(changed, compose('HikubeNodePool', changed));
    },
    parts: /^machines-(geneva|gland|lucerne)-/,
    reason: /^no machine of the group in (geneva|gland|lucerne) is made of it$/,
  },
  {
    kind: 'HikubeNodePool',
    what: 'everything of a group that retires',
    seen: ready => withSpec(ready, { retire: true }),
    parts: /./,
    reason: /^the claim asks for this part no more$/,
  },
  {
    kind: 'HikubeAddons',
    what: 'a release that is switched off',
    seen: ready => withoutReleases(ready, 'velero'),
    parts: /^velero$/,
    reason: /^the cluster is to have the release velero no more$/,
  },
  {
    kind: 'XHikubeCluster',
    what: 'a group once nothing of it is left',
    seen: ready =>
      withObserved(withSpec(ready, { nodeGroups: {} }), 'pool-ml', {
        spec: { retire: true },
        status: { composed: 0, composedAt: 1 },
      }),
    parts: /^pool-ml$/,
    reason: /^the claim asks for it no more, and nothing of it is left$/,
  },
  {
    kind: 'XHikubeCluster',
    what: 'the reservation of a host that no Ingress has any more',
    seen: ready => {
      const moved = withSpec(ready, { host: 'new.example.com' });
      return withObserved(moved, 'control-plane', {
        spec: { endpoint: host('new.example.com') },
        status: { hosts: ['new.example.com', 'www.example.com'] },
      });
    },
    parts: /^host-/,
    reason: /^the cluster uses it no more$/,
  },
  {
    kind: 'XHikubeCluster',
    what: 'the reservation of a host that turns out to be another cluster’s, though the claim is refused',
    seen: ready => {
      const [, found] = [...ready.observed].find(([part]) => part.startsWith('host-')) ?? [];
      const named = stringAt(found, 'spec', 'host');
      if (!found || !named) throw new Error('no host is reserved');
      const ownerReferences = [{ uid: 'somebody-else', controller: true }];
      const theirs = { ...found, metadata: { ...found.metadata, ownerReferences } };
      return withSpec({ ...ready, required: new Map([[hostRequirement(named), [theirs]]]) }, { version: 'v1.99' });
    },
    parts: /^host-/,
    reason: /^it holds its host for another cluster$/,
  },
  {
    kind: 'HikubePlatform',
    what: 'an instance type that is offered no more and named for removal',
    seen: ready => withSpec({ ...ready, catalog: SMALLER }, { remove: { instanceTypes: ['s1.small', 's1.large'] } }),
    parts: /^instance-type-s1\.small$/,
    reason: /^spec\.remove\.instanceTypes names s1\.small$/,
  },
];

describe('what may go does, and why is told', () => {
  test.each(GOING)('$kind lets go $what', ({ kind, seen, parts, reason }) => {
    const input = seen(readyInput(kind));
    const { desired, leaving, status } = compose(kind, input);
    const gone = [...input.observed.keys()].filter(part => !desired.has(part));
    expect(gone.length).toBeGreaterThan(0);
    expect(gone.filter(part => !parts.test(part))).toEqual([]);
    expect([...leaving.keys()].sort()).toEqual(gone.sort());
    for (const why of leaving.values()) expect(why).toMatch(reason);
    const told = listAt(status, 'leaving').map(line => objectAt(line).reason);
    expect(new Set(told)).toEqual(new Set(leaving.values()));
  });

  test.each(GOING)('and $kind, carrying that out to its end, then says nothing more: $what', ({ kind, seen }) => {
    let input = seen(readyInput(kind));
    for (let round = 0; round < 4; round += 1) input = carriedOut(input, compose(kind, input));
    const { leaving, status } = compose(kind, input);
    expect([...leaving]).toEqual([]);
    expect(status).not.toHaveProperty('leaving');
  });
});

describe('what nothing explains stays, however it came about', () => {
  test('network and storage of a cluster, though its order does not name them', () => {
    const nothing = withSpec(readyInput('HikubeAddons'), { releases: {} });
    expect(() => compose('HikubeAddons', nothing)).toThrow(/would delete HelmRelease shop-(cilium|coredns|csi)/);
    const essential = ['cilium', 'coredns', 'csi'];
    for (const release of essential) {
      const forgotten = withoutReleases(readyInput('HikubeAddons'), release);
      expect(() => compose('HikubeAddons', forgotten)).toThrow(`(${release})`);
    }
  });

  test('an object that only an older function knows', () => {
    const ready = readyInput('HikubeControlPlane');
    const labels = { 'hikube.cloud/cluster': 'shop' };
    const old = { apiVersion: 'v1', kind: 'Endpoints', metadata: { name: 'shop-old', namespace: 'acme', labels } };
    const input = { ...ready, observed: new Map(ready.observed).set('old', old) };
    expect(() => compose('HikubeControlPlane', input)).toThrow('would delete Endpoints shop-old (old)');
  });

  test('a platform object under a name the catalogue never had', () => {
    const ready = readyInput('HikubePlatform');
    const stray = ready.observed.get('instance-type-s1.small');
    if (!stray) throw new Error('no instance type');
    const input = { ...ready, observed: new Map(ready.observed).set('stray', stray) };
    expect(compose('HikubePlatform', input).desired.has('stray')).toBe(true);
  });
});

describe('objects that an older function made without a label', () => {
  const UNLABELLED = ['HostReservation', 'Usage', 'StorageClass', 'OCIRepository', 'VirtualMachineClusterInstancetype'];
  const older = (input: ComposeInput): ComposeInput => ({
    ...input,
    observed: new Map(
      [...input.observed].map(([part, object]) => {
        const { labels: _, ...metadata } = object.metadata;
        return [part, UNLABELLED.includes(object.kind) ? { ...object, metadata } : object];
      }),
    ),
  });

  test.each(['XHikubeCluster', 'HikubePlatform'] as const)('stay and get one, and are held from then on: %s', kind => {
    const input = older(readyInput(kind));
    const old = [...input.observed].filter(([, object]) => object.metadata.labels === undefined).map(([part]) => part);
    expect(old.length).toBeGreaterThan(2);
    const first = compose(kind, input);
    for (const [part, object] of input.observed) {
      const name = first.desired.get(part)?.object.metadata;
      expect(name).toMatchObject({ name: object.metadata.name, labels: expect.anything() });
    }
    const next = carriedOut(input, first);
    for (const part of old) expect(() => compose(kind, next, part)).toThrow(`(${part})`);
  });
});

describe('what turns round within a moment', () => {
  test('a group that is asked for again while it retires stays', () => {
    const leaving = withObserved(readyInput('XHikubeCluster'), 'pool-ml', {
      spec: { retire: true },
      status: { composed: 0, composedAt: 1 },
    });
    const { desired } = compose('XHikubeCluster', leaving);
    expect(desired.get('pool-ml')?.object.spec).not.toHaveProperty('retire');
  });

  test('a change of templates that is taken back before it is carried out keeps those it goes back to', () => {
    const ready = readyInput('HikubeNodePool');
    const changed = withSpec(ready, { image: 'example.com/other' });
    const half = carriedOut(changed, compose('HikubeNodePool', changed));
    const back = { ...half, composite: ready.composite };
    const { desired } = compose('HikubeNodePool', back);
    expect([...ready.observed.keys()].filter(part => !desired.has(part))).toEqual([]);
  });

  test('a zone that is left and entered again keeps what it has', () => {
    const left = withObserved(withSpec(readyInput('HikubeNodePool'), GLAND), 'deployment-geneva', {
      spec: { replicas: 0 },
      status: { replicas: 0 },
    });
    const entered = { ...left, composite: readyInput('HikubeNodePool').composite };
    expect(compose('HikubeNodePool', entered).leaving.size).toBe(0);
  });

  test('a lost zone that comes back has lost nothing', () => {
    const ready = readyInput('HikubeNodePool');
    const lost = withSpec(ready, { pausedZones: ['geneva'] });
    const back = { ...carriedOut(lost, compose('HikubeNodePool', lost)), composite: ready.composite };
    for (const input of [lost, back]) expect(compose('HikubeNodePool', input).leaving.size).toBe(0);
  });

  test('objects of a cluster whose control plane or node groups are not seen stay', () => {
    for (const part of ['control-plane', 'pool-web', 'addons', 'datastore']) {
      const { leaving } = compose('XHikubeCluster', without(readyInput('XHikubeCluster'), part));
      expect([...leaving.keys()].filter(name => !name.startsWith('host-'))).toEqual([]);
    }
  });
});
