import fc from 'fast-check';
import { expect, expectTypeOf, test } from 'vitest';
import { present } from './present.ts';

test('what is undefined is left out, and nothing else: not what is empty, zero, false or null', () => {
  const made = present({ a: undefined, b: '', c: 0, d: false, e: null, f: [], g: {} });
  expect(Object.entries(made)).toEqual([
    ['b', ''],
    ['c', 0],
    ['d', false],
    ['e', null],
    ['f', []],
    ['g', {}],
  ]);
});

test('an entry that may be undefined becomes one that may be missing, but never undefined', () => {
  const version: string | undefined = ['v1'].at(0);
  expectTypeOf(present({ name: 'a', version })).toEqualTypeOf<{ name: string; version?: string }>();
});

test('it says what a reader of JSON would see, in the same order, and leaves what it got alone', () => {
  fc.assert(
    fc.property(fc.dictionary(fc.string(), fc.option(fc.jsonValue(), { nil: undefined })), data => {
      const before = Object.entries(data);
      expect(JSON.stringify(present(data))).toBe(JSON.stringify(data));
      expect(Object.values(present(data))).not.toContain(undefined);
      expect(Object.entries(data)).toEqual(before);
    }),
  );
});

test('what lies deeper stays as it is', () => {
  expect(Object.hasOwn(present({ a: { b: undefined } }).a, 'b')).toBe(true);
});
