import { expect, test } from 'vitest';
import { isQualifiedName } from './qualified-name.ts';

test.each(['a', 'A.b_c-1', 'example.com/a', `${'d'.repeat(253)}/${'n'.repeat(63)}`, 'a.b.c/D'])('%s is one', key => {
  expect(isQualifiedName(key)).toBe(true);
});

test.each([
  '',
  '/',
  'a/',
  '/a',
  'a/b/c',
  '-a',
  'a-',
  'a..b/c',
  'a.-b/c',
  'A.b/c',
  '.a/b',
  'n'.repeat(64),
  `${'d'.repeat(254)}/n`,
  'a b',
])('%j is none, and a node that brings it never joins', key => {
  expect(isQualifiedName(key)).toBe(false);
});
