import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { API_VERSION } from '../../api/group.ts';
import type { JsonObject } from '../../base/json.ts';
import type { KubeObject } from '../../base/object.ts';
import { hikubeCatalog } from '../../catalog/index.ts';
import type { ComposeInput, ComposeOutput } from '../types.ts';
import { composeCluster } from './index.ts';

/** No status is larger, whatever a tenant writes and whatever controllers say; in characters of JSON. */
const LARGEST_STATUS = 48_000;
/** What Kubernetes allows a condition's message. */
const LONGEST_CONDITION = 32_768;

const compose = (spec: JsonObject, observed: ComposeInput['observed'] = new Map()): ComposeOutput =>
  composeCluster({
    composite: {
      apiVersion: API_VERSION,
      kind: 'XHikubeCluster',
      metadata: { name: 'shop-x7k2p', uid: 'uid-1' },
      spec: { ...spec, claimRef: { namespace: 'acme', name: 'shop' } },
    },
    observed,
    required: new Map(),
    catalog: hikubeCatalog,
    now: new Date(0),
  });
const sizeOf = (value: unknown) => JSON.stringify(value).length;
const many = (count: number, entry: (index: number) => [string, unknown]): JsonObject =>
  JSON.parse(JSON.stringify(Object.fromEntries(Array.from({ length: count }, (_, index) => entry(index)))));

function expectBounded({ status, conditions }: ComposeOutput): void {
  expect(sizeOf(status)).toBeLessThan(LARGEST_STATUS);
  for (const { message = '' } of conditions) expect(message.length).toBeLessThanOrEqual(LONGEST_CONDITION);
  expect(sizeOf(conditions)).toBeLessThan(LARGEST_STATUS);
}

describe('a claim of hundreds of kilobytes gives a status of a few', () => {
  const web = { instanceType: 's1.large' };
  test.each<[string, JsonObject]>([
    ['fields nobody knows', many(5500, index => [`${'field'.repeat(8)}${index}`, 1])],
    ['groups of a wrong type', { nodeGroups: many(5500, index => [`g${index}`, 1]) }],
    [
      'fields nobody knows in every group',
      { nodeGroups: many(16, index => [`g${index}`, { ...web, ...many(300, n => [`f${n}`, 1]) }]) },
    ],
    ['a group name of any length', { nodeGroups: { ['g'.repeat(230_000)]: { ...web, x: 1 } } }],
    ['names as long as they may be', many(450, index => [`${'n'.repeat(500)}${index}`, 1])],
    ['labels that are none', { nodeGroups: { web: { ...web, labels: many(5000, index => [`/${index}`, 'v']) } } }],
    [
      'monitors that are left out',
      {
        addons: {
          cilium: {
            valuesOverride: many(600, index => [`${'k'.repeat(80)}${index}`, { serviceMonitor: { enabled: true } }]),
          },
        },
      },
    ],
    ['templates', { addons: { cilium: { valuesOverride: many(1900, index => [`{{${'k'.repeat(20)}${index}`, 1]) } } }],
    ['an override of any size', { addons: { cilium: { valuesOverride: { a: 'x'.repeat(234_000) } } } }],
    ['hosts that are none', { addons: { ingressNginx: { enabled: true, hosts: Array(16).fill('-'.repeat(253)) } } }],
  ])('%s', (_, spec) => {
    const output = compose(spec);
    expectBounded(output);
    expect(sizeOf(output.status)).toBeLessThan(12_000);
    expect(sizeOf(output.conditions)).toBeLessThan(8_000);
  });

  test('and tells how many problems it does not list', () => {
    const { status, conditions } = compose(many(500, index => [`field${index}`, 1]));
    expect(status.problems).toHaveLength(13);
    expect(conditions[0]?.message).toMatch(/488 more problems are not listed/);
  });
});

describe('the law', () => {
  const name = fc.oneof(
    fc.string({ maxLength: 20 }),
    fc.string({ minLength: 200, maxLength: 700 }),
    fc.constantFrom('web', 'nodeGroups', 'labels', 'taints', 'key', 'valuesOverride', 'enabled', 'cilium'),
  );
  const { spec } = fc.letrec<{ value: unknown; spec: JsonObject }>(tie => ({
    value: fc.oneof(
      { depthSize: 'small' },
      fc.string({ maxLength: 800 }),
      fc.double(),
      fc.boolean(),
      fc.array(tie('value'), { maxLength: 30 }),
      fc.dictionary(name, tie('value'), { maxKeys: 30 }),
    ),
    spec: fc
      .record(
        {
          host: fc.string({ maxLength: 600 }),
          zones: fc.array(fc.string({ maxLength: 80 }), { maxLength: 20 }),
          nodeGroups: fc.dictionary(
            fc.oneof(fc.stringMatching(/^[a-z][a-z0-9]{0,19}$/), name),
            fc.record(
              {
                instanceType: fc.oneof(fc.constant('s1.large'), fc.string({ maxLength: 80 })),
                labels: fc.dictionary(name, fc.string(), { maxKeys: 40 }),
                unknown: tie('value'),
              },
              { requiredKeys: ['instanceType'] },
            ),
            { maxKeys: 20 },
          ),
          addons: fc.record(
            { cilium: fc.record({ valuesOverride: tie('value') }), velero: tie('value') },
            { requiredKeys: [] },
          ),
          extra: tie('value'),
        },
        { requiredKeys: [] },
      )
      .map((written): JsonObject => JSON.parse(JSON.stringify(written))),
  }));
  const upstream = fc.oneof(
    fc.string({ maxLength: 50 }),
    fc.nat({ max: 200_000 }).map(length => 'message '.repeat(length / 8)),
  );

  test('a status is bounded, whatever a claim says', () => {
    fc.assert(
      fc.property(spec, claim => expectBounded(compose(claim))),
      { numRuns: 500 },
    );
  });

  test('and whatever controllers say about what runs', () => {
    const groups = many(16, index => [`group-${index}`, { instanceType: 's1.large', minReplicas: 3 }]);
    fc.assert(
      fc.property(upstream, fc.constantFrom('Synced', 'Ready'), (message, condition) => {
        const first = running({ nodeGroups: groups }, message, condition);
        expect(first.size).toBeGreaterThan(18);
        expectBounded(compose({ nodeGroups: groups }, first));
      }),
      { numRuns: 100 },
    );
  });
});

/** Everything composed and observed, each part with the same words in every place where words come from. */
function running(spec: JsonObject, message: string, condition: string): Map<string, KubeObject> {
  let observed = new Map<string, KubeObject>();
  const words = {
    message,
    initialized: true,
    version: hikubeCatalog.versions[hikubeCatalog.defaultVersion]?.patch ?? '',
    conditions: [{ type: condition, status: 'False', reason: 'X', message }],
    releases: many(16, index => [`release-${index}`, { state: 'Failed', message }]),
  };
  for (let round = 0; round < 4; round += 1) {
    observed = new Map(
      [...compose(spec, observed).desired].map(([part, { object }]) => [
        part,
        { ...object, status: GATES[object.kind] ?? words },
      ]),
    );
  }
  return observed;
}

/** Statuses that let the parts after them come. */
const GATES: Record<string, JsonObject> = {
  HikubeEtcd: { conditions: [{ type: 'Ready', status: 'True', reason: 'Available' }] },
  DataStore: { ready: true },
};
