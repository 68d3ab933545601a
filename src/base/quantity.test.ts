import { expect, test } from 'vitest';
import { mebibytes, millicores, parseQuantity } from './quantity.ts';

test.each([
  ['4', 4],
  ['500m', 0.5],
  ['8Gi', 8 * 2 ** 30],
  ['1k', 1000],
  ['1.5Gi', 1.5 * 2 ** 30],
])('the quantity %s is %d', (text, value) => expect(parseQuantity(text)).toBe(value));

test.each(['', 'lots', '4 Gi', '-1', 'Gi', '1e3'])('%j is no quantity', text =>
  expect(parseQuantity(text)).toBeUndefined(),
);

test('memory counts in whole MiB, CPU in whole millicores rounded up', () => {
  expect(mebibytes('8Gi')).toBe(8192);
  expect(mebibytes('1G')).toBe(953);
  expect(millicores('0.1')).toBe(100);
  expect(millicores('1.0001')).toBe(1001);
});
