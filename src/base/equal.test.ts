import fc from 'fast-check';
import { expect, test } from 'vitest';
import { isEqual } from './equal.ts';
import { inKeyOrder } from './json.ts';

test.each([
  [{ a: 1, b: [1, { c: null }] }, { b: [1, { c: null }], a: 1 }, true],
  [{ a: 1 }, { a: 1, b: undefined }, true],
  [{ a: 1 }, { a: 1, b: null }, false],
  [[1, 2], [2, 1], false],
  [[1], [1, 2], false],
  [[], {}, false],
  [null, {}, false],
  ['1', 1, false],
  [{}, { constructor: 'x' }, false],
  [{ constructor: 'x' }, { constructor: 'x' }, true],
])('%j and %j say the same: %s', (one, other, same) => {
  expect([isEqual(one, other), isEqual(other, one)]).toEqual([same, same]);
});

test('two pieces of JSON say the same exactly when they are written the same with their keys in order', () => {
  const json = fc.jsonValue({ maxDepth: 3 });
  const text = (data: fc.JsonValue) => JSON.stringify(inKeyOrder({ data }));
  fc.assert(
    fc.property(json, json, (one, other) => {
      expect(isEqual(one, JSON.parse(JSON.stringify(one)))).toBe(true);
      expect(isEqual(one, other)).toBe(text(one) === text(other));
    }),
  );
});
