import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { at, type JsonObject } from '../../../base/json.ts';
import { CHARTS } from '../../../catalog/schema/chart.ts';
import { releasesOf, warningsOf } from './testing/context.ts';
import { EVERYTHING, EVERYWHERE } from './testing/everything.ts';

const on = { enabled: true };

const taints = fc.array(
  fc.record({
    key: fc.constantFrom('dedicated', 'nvidia.com/gpu', 'example.com/edge'),
    value: fc.constantFrom('', 'yes'),
    effect: fc.constantFrom('NoSchedule', 'NoExecute', 'PreferNoSchedule'),
  }),
  { maxLength: 3 },
);
const group = fc.record({
  instanceType: fc.constantFrom('s1.large', 'u1.xlarge'),
  minReplicas: fc.integer({ min: 0, max: 3 }),
  taints,
  roles: fc.subarray(['ingress-nginx', 'monitoring']),
  gpus: fc.constantFrom<JsonObject[]>([], [{ name: 'nvidia.com/L40S' }]),
});
const groups = fc.dictionary(fc.constantFrom('web', 'ml', 'edge'), group, { minKeys: 1 });

describe('what must run on every node tolerates every taint', () => {
  test.each(CHARTS)('%s, whatever the groups and add-ons', chart => {
    fc.assert(
      fc.property(groups, nodeGroups => {
        const ingressNginx = { ...on, engine: chart === 'traefik' ? 'traefik' : 'nginx' };
        const addons = { ...EVERYTHING, ingressNginx };
        const found = Object.values(releasesOf(addons, JSON.parse(JSON.stringify(nodeGroups)))).filter(
          release => release.source.name === chart,
        );
        expect(found.length).toBeGreaterThan(0);
        for (const { values } of found)
          for (const path of EVERYWHERE[chart])
            expect(at(values, ...path.split('.'))).toEqual([{ operator: 'Exists' }]);
      }),
      { numRuns: 30 },
    );
  });
});

describe('system Pods need a node they can run on', () => {
  const small = { instanceType: 's1.large', minReplicas: 1, maxReplicas: 3 };
  const tainted = (effect: string) => ({ ...small, taints: [{ key: 'a', effect }] });
  const told = ['NoNodeForSystemPods at spec.nodeGroups'];

  test.each<[string, JsonObject, string[]]>([
    ['one group without taints', { web: small, ml: tainted('NoSchedule') }, []],
    ['all tainted', { web: tainted('NoSchedule'), ml: tainted('NoExecute') }, told],
    ['a taint that is only a wish', { web: tainted('PreferNoSchedule') }, []],
    [
      'the only one without taints may hold no node',
      { web: { ...small, minReplicas: 0, maxReplicas: 0 }, ml: tainted('NoSchedule') },
      told,
    ],
    [
      'one without taints that is empty but may grow',
      { web: { ...small, minReplicas: 0 }, ml: tainted('NoSchedule') },
      [],
    ],
    ['no groups at all', {}, []],
  ])('%s', (_, nodeGroups, warnings) => {
    expect(warningsOf({}, nodeGroups)).toEqual(warnings);
  });

  test('an ingress controller on tainted nodes of its own, and what the tenant gave tolerations, do not count', () => {
    const edge = { ...tainted('NoSchedule'), roles: ['ingress-nginx'] };
    const tolerations = [{ operator: 'Exists' }];
    const addons = { ingressNginx: { ...on, engine: 'traefik' }, coredns: { valuesOverride: { tolerations } } };
    expect(warningsOf(addons, { edge })).toEqual(told);
    expect(releasesOf(addons, { edge })['ingress-traefik']?.values).toMatchObject({ tolerations: [{}] });
  });

  test('the network waits for nothing that needs a node without taints', () => {
    const releases = releasesOf(EVERYTHING);
    const before = (name: string): string[] => [name, ...(releases[name]?.dependsOn ?? []).flatMap(before)];
    expect(before('cilium')).toEqual(['cilium', 'gateway-api']);
    for (const [name, { dependsOn }] of Object.entries(releases))
      expect([name, dependsOn.filter(other => ['coredns', 'metrics-server'].includes(other))]).toEqual([
        name,
        name === 'vertical-pod-autoscaler' ? ['metrics-server'] : [],
      ]);
  });
});
