import { globSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';

const root = path.resolve(import.meta.dirname, '../..');
const read = (file: string) => readFileSync(path.join(root, file), 'utf8');
const filesIn = (folder: string) =>
  globSync(`${folder}/**/*.ts`, { cwd: root })
    .filter(file => !/\.test\.ts$|\/testing\//.test(file))
    .sort();
const importsOf = (file: string) =>
  [...read(file).matchAll(/^(?:import|export) [^;]*?from '(\.[^']+)'/gms)].map(match =>
    path.join(path.dirname(file), match[1] ?? ''),
  );

/** Everything these files import, and what that imports. */
function reachedFrom(files: string[]): Set<string> {
  const reached = new Set<string>();
  const visit = (file: string) => {
    if (reached.has(file) || !file.startsWith('src/')) return;
    reached.add(file);
    importsOf(file).forEach(visit);
  };
  files.forEach(visit);
  return reached;
}

test('the target knows no status and no clock: what of it may happen now is another question', () => {
  const files = filesIn('src/plan/target');
  expect(files.length).toBeGreaterThan(30);
  const reached = [...reachedFrom(files)];
  expect(
    reached.filter(file => /^src\/plan\/(observed|types|sleep|version-life|index)\.ts|^src\/plan\/change\//.test(file)),
  ).toEqual([]);
  const known = /\b[a-z]\w*Status\b|\bnow\b|\bDate\b/;
  const code = (file: string) => read(file).replace(/\/\*\*.*?\*\/|\/\/.*$/gms, '');
  expect(files.filter(file => known.test(code(file)))).toEqual([]);
});

test('a request is read without knowing what runs', () => {
  const reached = [...reachedFrom(filesIn('src/plan/request'))];
  expect(reached.filter(file => /^src\/plan\/(target|change|observed)/.test(file))).toEqual([]);
});

test('what Crossplane observed of a cluster is read in one place', () => {
  const seeing = filesIn('src/compose/cluster').filter(file =>
    /\binput\.observed\b|\bobserved\.get\(/.test(read(file)),
  );
  expect(seeing.filter(file => !file.startsWith('src/compose/cluster/read/'))).toEqual([]);
  expect(seeing).not.toEqual([]);
});

test('the plan fits on one screen', () => {
  expect(read('src/plan/index.ts').split('\n').length).toBeLessThan(60);
});
