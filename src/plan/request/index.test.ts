import { describe, expect, test } from 'vitest';
import { hikubeCatalog } from '../../catalog/index.ts';
import { readRequest } from './index.ts';

const codes = (spec: unknown, name = 'demo') =>
  readRequest(spec, name, hikubeCatalog).findings.map(({ code, path }) => `${code} ${path}`);

describe('readRequest', () => {
  test('fields that Crossplane keeps in a spec are not the tenant’s', () => {
    expect(
      codes({ claimRef: {}, resourceRefs: [], compositionRef: { name: 'x' }, compositionUpdatePolicy: 'Automatic' }),
    ).toEqual([]);
  });

  test.each([
    [{ nodeGroup: {} }, 'UnknownField spec.nodeGroup', 'nodeGroups'],
    [{ addons: { corends: {} } }, 'UnknownField spec.addons.corends', 'coredns'],
    [
      { nodeGroups: { web: { instanceType: 'x', maxReplica: 3 } } },
      'UnknownField spec.nodeGroups.web.maxReplica',
      'maxReplicas',
    ],
    [
      { nodeGroups: { ml: { instanceType: 'x', gpus: [{ nam: 'y', name: 'y' }] } } },
      'UnknownField spec.nodeGroups.ml.gpus[0].nam',
      'name',
    ],
  ])('H93 %j is reported with the nearest name', (spec, expected, near) => {
    const { findings: problems } = readRequest(spec, 'demo', hikubeCatalog);
    expect(problems.map(({ code, path }) => `${code} ${path}`)).toEqual([expected]);
    expect(problems[0]?.remedy).toContain(near);
  });

  test('anything goes under valuesOverride', () => {
    expect(codes({ addons: { cilium: { valuesOverride: { a: { b: [{ c: null }] } } } } })).toEqual([]);
  });

  test('H93 the legacy kamajiControlPlane block is read', () => {
    expect(
      codes({
        kamajiControlPlane: {
          apiServer: { resourcesPreset: 'small', resources: {} },
          addons: { konnectivity: { server: {} } },
        },
      }),
    ).toEqual(['LegacyField spec.kamajiControlPlane']);
  });

  test.each([
    [{ controlPlane: { replicas: 0 } }, 'InvalidField spec.controlPlane.replicas'],
    [{ controlPlane: { replicas: -1 } }, 'InvalidField spec.controlPlane.replicas'],
    [{ addons: { ingressNginx: { exposeMethod: 'NodePort' } } }, 'InvalidField spec.addons.ingressNginx.exposeMethod'],
    [{ nodeGroups: { web: { minReplicas: 1 } } }, 'InvalidField spec.nodeGroups.web.instanceType'],
    [
      { nodeGroups: { web: { instanceType: 'x', minReplicas: 5, maxReplicas: 3 } } },
      'MinAboveMax spec.nodeGroups.web.minReplicas',
    ],
    [{ nodeGroups: { Web: { instanceType: 'x' } } }, 'InvalidName spec.nodeGroups.Web'],
    [
      { nodeGroups: { 'a-very-long-group-name': { instanceType: 'x' } } },
      'InvalidName spec.nodeGroups.a-very-long-group-name',
    ],
  ])('%j is refused', (spec, expected) => {
    expect(codes(spec)).toEqual([expected]);
  });

  test('H42 replicas 1, 2 and 3 are accepted', () => {
    for (const replicas of [1, 2, 3]) expect(codes({ controlPlane: { replicas } })).toEqual([]);
  });

  test.each(['1abc', 'Abc', 'a.b', 'x'.repeat(43)])('the claim name %s is refused', name => {
    expect(codes({}, name)).toEqual(['InvalidName metadata.name']);
  });

  test('more than 16 node groups are refused', () => {
    const nodeGroups = Object.fromEntries(
      Array.from({ length: 17 }, (_, index) => [`g${index}`, { instanceType: 's1.large' }]),
    );
    expect(codes({ nodeGroups })).toEqual(['TooManyNodeGroups spec.nodeGroups']);
  });

  test('a spec that is no object reads as an empty one', () => {
    expect(readRequest(undefined, 'demo', hikubeCatalog).request?.replicas).toBe(3);
  });
});

test('only the problems that are told are guessed about, and no name of any length is compared', () => {
  const fields = Object.fromEntries(Array.from({ length: 100 }, (_, index) => [`versio${index}`, 1]));
  const remedies = readRequest(fields, 'demo', hikubeCatalog).findings.map(({ remedy }) => remedy);
  expect(remedies.filter(remedy => remedy.startsWith('did you mean'))).toHaveLength(20);
  const long = readRequest({ [`version${'n'.repeat(200)}`]: 1 }, 'demo', hikubeCatalog).findings;
  expect(long.map(({ remedy }) => remedy)).toEqual([expect.stringMatching(/^valid are /)]);
});

test('a map has as many entries as its schema says', () => {
  const labels = (count: number) => Object.fromEntries(Array.from({ length: count }, (_, index) => [`l${index}`, 'v']));
  const spec = (count: number) => ({ nodeGroups: { web: { instanceType: 'x', labels: labels(count) } } });
  expect(codes(spec(32))).toEqual([]);
  expect(codes(spec(33))).toEqual(['InvalidField spec.nodeGroups.web.labels']);
});
