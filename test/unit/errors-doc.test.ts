import { globSync, readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { HOLDS, REFUSALS, WARNINGS } from '../../src/plan/finding.ts';

const root = new URL('../../', import.meta.url);
const page = readFileSync(new URL('docs/errors.md', root), 'utf8');

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

test('docs/errors.md explains every reason for which the function ends a round, and no other', () => {
  const sources = globSync('src/**/*.ts', { cwd: root }).filter(file => !/\.test\.ts$|\/testing\//.test(file));
  const thrown = sources.flatMap(file =>
    [...readFileSync(new URL(file, root), 'utf8').matchAll(/new Compose(?:Error|Fault)\(\s*'(\w+)'/g)].map(
      match => match[1] ?? '',
    ),
  );
  const answered = ['InvalidCatalog', 'InternalError', 'TooMuchFound'];
  expect(thrown.length).toBeGreaterThan(8);
  expect(documented('Results of the function').sort()).toEqual([...new Set([...thrown, ...answered])].sort());
});
