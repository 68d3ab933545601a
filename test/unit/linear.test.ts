import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { JsonObject } from '../../src/base/json.ts';
import type { KubeObject } from '../../src/base/object.ts';
import { hikubeCatalog } from '../../src/catalog/index.ts';
import { planCluster } from '../../src/plan/index.ts';
import { NOTHING_OBSERVED } from '../../src/plan/observed.ts';
import { casesOf, realFunction } from '../bench/cases.ts';
import { type CallCounter, startCounting } from './work.ts';

/** Twice the input may take this many times the work: what every call does anyway makes it less, never more. */
const AT_MOST = 2.1;
const web = { instanceType: 's1.large', minReplicas: 1 };
const many = (count: number, entry: (index: number) => [string, unknown]): JsonObject =>
  JSON.parse(JSON.stringify(Object.fromEntries(Array.from({ length: count }, (_, index) => entry(index)))));
const cilium = (valuesOverride: JsonObject): JsonObject => ({
  nodeGroups: { web },
  addons: { cilium: { valuesOverride } },
});

/** Claims of a size, each with much of one thing. */
const shapes: [string, (size: number) => JsonObject][] = [
  ['names in an override', size => cilium(many(size, index => [`key${index}`, index]))],
  ['maps in an override', size => cilium(many(size, index => [`key${index}`, {}]))],
  ['lists in an override', size => cilium({ list: Array(size).fill(1) })],
  ['monitors in an override', size => cilium(many(size / 2, index => [`key${index}`, { monitor: { enabled: true } }]))],
  ['text in an override', size => cilium({ text: 'x'.repeat(size * 30) })],
  ['templates in an override', size => cilium(many(size, index => [`key${index}`, '{{ x }}']))],
  ['unknown fields', size => many(size, index => [`field${index}`, 1])],
  [
    'unknown fields of a group',
    size => ({ nodeGroups: { web: { ...web, ...many(size, index => [`f${index}`, 1]) } } }),
  ],
  ['unknown fields with long names', size => many(size / 8, index => [`${'field'.repeat(80)}${index}`, 1])],
  ['groups', size => ({ nodeGroups: many(size / 100, index => [`g${index}`, web]) })],
  [
    'labels that are none',
    size => ({ nodeGroups: { web: { ...web, labels: many(size, index => [`/${index}`, 'v']) } } }),
  ],
  ['numbers that cannot be sent', size => cilium({ list: Array(size).fill(2 ** 60) })],
];

let counter: CallCounter;

beforeAll(async () => {
  // What is made at the first call counts for none.
  for (const [, make] of shapes) casesOf(claim(make(100)));
  counter = await startCounting();
});
afterAll(() => counter.stop());

describe('twice the claim is at most twice the work', () => {
  test.each(shapes)('%s', async (_, make) => {
    const call = (size: number) => {
      const cases = casesOf(claim(make(size)));
      return counter.count(() => {
        for (const { request } of cases) realFunction(request);
      });
    };
    const [once, twice] = [await call(600), await call(1200)];
    expect(twice / once).toBeLessThan(AT_MOST);
  });
});

describe('beyond the limits nothing is read: twice the claim is the same work for the plan', () => {
  test.each(shapes.filter(([name]) => name !== 'groups'))('%s', async (_, make) => {
    const plan = (size: number) => {
      const requested = make(size);
      return counter.count(() => {
        const { problems } = planCluster({
          cluster,
          requested,
          observed: NOTHING_OBSERVED,
          catalog: hikubeCatalog,
          now: new Date(0),
          reservations: { get: () => 'free' },
        });
        expect(problems.map(({ code }) => code)).toEqual(['TooLarge']);
      });
    };
    const [once, twice] = [await plan(20_000), await plan(40_000)];
    // Not to the last call: the engine may count one more or less.
    expect(twice / once).toBeLessThan(1.01);
  });
});

const cluster = { namespace: 'acme', name: 'shop' };

function claim(spec: JsonObject): KubeObject {
  return { apiVersion: 'hikube.cloud/v1alpha1', kind: 'HikubeCluster', metadata: cluster, spec };
}
