import { expect, test } from 'vitest';
import type { JsonObject } from '../../../base/json.ts';
import { checkSendable } from './sendable.ts';

const found = (spec: JsonObject) => checkSendable(spec).map(({ code, path }) => `${code} ${path}`);
const override = (value: JsonObject[string]) => ({ addons: { cilium: { valuesOverride: { a: [{ b: value }] } } } });
const PLACE = 'spec.addons.cilium.valuesOverride.a[0].b';

test.each([2 ** 53, -(2 ** 53), 1e20, Number.NaN, Number.POSITIVE_INFINITY])(
  'the number %d is refused where it stands, since it would arrive as another one',
  value => {
    expect(found(override(value))).toEqual([`InvalidSize ${PLACE}`]);
  },
);

test.each([0, -1, 0.1, 2 ** 53 - 1, 1e-300])('the number %d is fine', value => {
  expect(found(override(value))).toEqual([]);
});

test('__proto__ is refused as the name of anything, since it would vanish', () => {
  expect(found(override(JSON.parse('{"__proto__": {"x": 1}}')))).toEqual([`InvalidField ${PLACE}.__proto__`]);
  expect(found(JSON.parse('{"__proto__": 1}'))).toEqual(['InvalidField spec.__proto__']);
});

test('half a character is refused in names and texts', () => {
  expect(found(override('\ud800'))).toEqual([`InvalidField ${PLACE}`]);
  expect(found(override({ '\udc00': 1 }))).toHaveLength(1);
  expect(found(override('🙂'))).toEqual([]);
});
