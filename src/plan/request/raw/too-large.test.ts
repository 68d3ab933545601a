import { describe, expect, test } from 'vitest';
import type { JsonObject } from '../../../base/json.ts';
import { hikubeCatalog } from '../../../catalog/index.ts';
import { checkTooLarge } from './too-large.ts';

const { limits } = hikubeCatalog;
const paths = (spec: unknown) => checkTooLarge(spec, limits).map(({ code, path }) => `${code} ${path}`);
const withOverride = (addon: string, valuesOverride: JsonObject) => ({ addons: { [addon]: { valuesOverride } } });
const entries = (count: number): JsonObject =>
  Object.fromEntries(Array.from({ length: count }, (_, index) => [`key${index}`, index]));
const levels = (count: number): JsonObject => (count === 0 ? {} : { a: levels(count - 1) });

describe('one override', () => {
  test.each([
    ['values', entries(limits.override.values), { ...entries(limits.override.values), more: 1 }],
    ['values of a list', { a: Array(1999).fill(1) }, { a: Array(2000).fill(1) }],
    ['characters', { a: 'x'.repeat(63_999) }, { a: 'x'.repeat(64_000) }],
    ['levels', levels(16), levels(17)],
    ['names', { ['n'.repeat(512)]: 1 }, { ['n'.repeat(513)]: 1 }],
  ])('may have so many %s and no more', (_, allowed, refused) => {
    expect(paths(withOverride('cilium', allowed))).toEqual([]);
    expect(paths(withOverride('cilium', refused))).toEqual(['TooLarge spec.addons.cilium.valuesOverride']);
  });

  test('is refused with all of its limits and what to do', () => {
    expect(checkTooLarge(withOverride('velero', entries(5000)), limits)).toEqual([
      expect.objectContaining({
        message: expect.stringContaining('2000 values, 64000 characters, 16 levels'),
        remedy: expect.stringContaining('ConfigMap'),
      }),
    ]);
  });

  test('has the limits of the catalogue', () => {
    const more = { ...limits, override: { ...limits.override, values: 3000 } };
    expect(checkTooLarge(withOverride('cilium', entries(2500)), more)).toEqual([]);
  });
});

test('overrides that are allowed one by one may be too much together', () => {
  const addons = { ...withOverride('cilium', entries(1600)).addons, ...withOverride('coredns', entries(1600)).addons };
  expect(paths({ addons })).toEqual(['TooLarge spec.addons']);
});

test.each([
  ['fields nobody knows', entries(7000)],
  ['node groups', { nodeGroups: entries(7000) }],
  ['labels', { nodeGroups: { web: { labels: entries(7000) } } }],
  ['characters', { host: 'a'.repeat(500_000) }],
  ['a name', { nodeGroups: { ['g'.repeat(600)]: {} } }],
  ['levels', levels(25)],
])('the rest of a claim has a limit too: %s', (_, spec) => {
  expect(paths(spec)).toEqual(['TooLarge spec']);
});

test('a refusal reads no more of a claim than one that is accepted may have', () => {
  let read = 0;
  const valuesOverride = {};
  for (let index = 0; index < 50_000; index += 1) {
    Object.defineProperty(valuesOverride, `key${index}`, {
      enumerable: true,
      get() {
        read += 1;
        return index;
      },
    });
  }
  expect(paths(withOverride('cilium', valuesOverride))).toHaveLength(1);
  expect(read).toBe(limits.override.values + 1);
});

test('what is no object has no size', () => {
  expect([undefined, null, 'text', 7].flatMap(paths)).toEqual([]);
});
