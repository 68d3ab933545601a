import { expect, test } from 'vitest';
import { checkEncodable } from './encodable.ts';

test('JSON can be sent, with properties left out', () => {
  expect(() => checkEncodable({ a: [1, -1.5, null, 'x', true, {}], b: undefined }, 'it')).not.toThrow();
});

test.each([
  [{ a: { b: [0, Number.NaN] } }, 'cannot send it, a.b[1]: NaN is not a JSON number'],
  [{ a: 2 ** 53 }, 'cannot send it, a: 9007199254740992 would be rounded'],
  [{ a: new Date(0) }, 'cannot send it, a: a Date is not JSON'],
  [{ a: Buffer.from('x') }, 'cannot send it, a: a Buffer is not JSON'],
  [{ a: [undefined] }, 'cannot send it, a[0]: a value of type undefined is not JSON'],
  [{ a: 1n }, 'cannot send it, a: a value of type bigint is not JSON'],
  [new Map(), 'cannot send it: a Map is not JSON'],
])('%o cannot be sent', (value, message) => {
  expect(() => checkEncodable(value, 'it')).toThrow(message);
});
