import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { HOLDS, REFUSALS, WARNINGS } from '../../src/plan/finding.ts';

const page = readFileSync(new URL('../../docs/errors.md', import.meta.url), 'utf8');

/** Codes in the first column of the table under a heading. */
function documented(heading: string): string[] {
  const section = page.split(`## ${heading}\n`)[1]?.split('\n## ')[0] ?? '';
  return [...section.matchAll(/^\| `(\w+)` \|/gm)].map(match => match[1] ?? '');
}

test('docs/errors.md explains every refusal, in the order of the code', () => {
  expect(documented('Refusals')).toEqual([...REFUSALS]);
});

test('docs/errors.md explains every warning, in the order of the code', () => {
  expect(documented('Warnings')).toEqual([...WARNINGS]);
});

test('docs/errors.md explains everything that is held back, in the order of the code', () => {
  expect(documented('Held back')).toEqual([...HOLDS]);
});
