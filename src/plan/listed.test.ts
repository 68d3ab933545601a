import { expect, test } from 'vitest';
import type { Finding } from './finding.ts';
import { listed } from './listed.ts';

const problem = (index: number): Finding => ({
  code: 'UnknownField',
  path: `spec.f${index}`,
  message: 'there is no such field',
  remedy: 'leave it out',
});
const problems = (count: number) => Array.from({ length: count }, (_, index) => problem(index));

test('a few problems are listed as they are', () => {
  expect(listed(problems(12), 'MoreProblems')).toEqual(problems(12));
});

test('of many problems the first are listed, and how many there are more', () => {
  const told = listed(problems(500), 'MoreProblems');
  expect(told.slice(0, 12)).toEqual(problems(12));
  expect(told.slice(12)).toEqual([
    expect.objectContaining({ code: 'MoreProblems', message: expect.stringMatching(/^488 more problems/) }),
  ]);
});

test('warnings are counted as warnings', () => {
  expect(listed(problems(13), 'MoreWarnings').at(-1)).toMatchObject({
    code: 'MoreWarnings',
    message: '1 more warnings are not listed',
  });
});

test('each part of a problem has a longest length', () => {
  const long = 'x'.repeat(100_000);
  const [told] = listed([{ code: 'InvalidField', path: long, message: long, remedy: long }], 'MoreProblems');
  expect(JSON.stringify(told).length).toBeLessThan(2000);
});
