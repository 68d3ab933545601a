import { globSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { promisesIn } from '../../src/generate/promises/named-tests.ts';
import { isPromise } from '../../src/generate/promises/page.ts';
import { readTests } from '../../src/generate/promises/read.ts';
import { promises } from '../../src/generate/promises/texts.ts';

const root = path.resolve(import.meta.dirname, '../..');
const read = (file: string) => readFileSync(path.join(root, file), 'utf8');
const tests = readTests(root);
const WORDS = ['*.md', '{docs,package}/**/*.md', '{src,test,scripts,bin}/**/*.{ts,mjs}', 'examples/**/*.yaml'];
const cited = globSync(WORDS, { cwd: root }).map(file => [file, promisesIn(read(file))] as const);

test('the promises are numbered from 1 to 95 without a gap', () => {
  const numbers = Array.from({ length: 95 }, (_, index) => `H${String(index + 1).padStart(2, '0')}`);
  expect(Object.keys(promises)).toEqual(numbers);
});

test('no test, comment or page cites a promise that there is not', () => {
  const wrong = cited.flatMap(([file, ids]) => ids.filter(id => !isPromise(id)).map(id => `${file}: ${id}`));
  expect(wrong).toEqual([]);
  expect(isPromise(`H${96}`)).toBe(false);
});

test('every promise that the code of a test names is found in a title', () => {
  const found = new Map(tests.map(file => [file.path, file.tests.flatMap(named => named.promises)]));
  const code = (file: string) => read(file).replace(/^ *(\/\/|\/?\*).*$/gm, '');
  const lost = globSync(['src/**/*.test.ts', 'test/**/*.ts'], { cwd: root }).flatMap(file =>
    promisesIn(code(file))
      .filter(id => !found.get(file)?.includes(id))
      .map(id => `${file}: ${id}`),
  );
  expect(lost).toEqual([]);
  expect(tests.length).toBeGreaterThan(30);
});
