import { globSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { PROCESSES } from '../../vitest.config.ts';
import { importsOf, LAYERS, root, wrongImports } from './layers.ts';

const files = globSync(['*.ts', '{bin,scripts,src,test}/**/*.{ts,mjs}'], { cwd: root }).sort();

/** What the pure core may use of Node: hashing is a function of its input. */
const PURE = ['base', 'api', 'catalog', 'plan', 'render', 'readiness', 'compose', 'simulate'];
const PURE_PACKAGES = ['zod', 'yaml', 'tldts', 'fastest-levenshtein', 'node:crypto'];

const isTest = (file: string) => /\.test\.ts$|\/testing\//.test(file);
const sources = files.filter(file => file.startsWith('src/') && !isTest(file));

test('imports in src/ point one way', () => {
  const wrong = sources.flatMap(wrongImports);
  expect(wrong).toEqual([]);
});

test('every folder of src/ has its place among the layers, and every layer is a folder', () => {
  const folders = [...new Set(sources.map(file => file.split('/')[1] ?? ''))];
  expect(folders.toSorted()).toEqual(Object.keys(LAYERS).toSorted());
  expect(sources.filter(file => file.split('/').length < 3)).toEqual([]);
});

test('no file of src/ imports itself, by whatever way around', () => {
  const importsIn = new Map(
    sources.map(file => [
      file,
      importsOf(file)
        .filter(name => name.startsWith('.'))
        .map(name => path.join(path.dirname(file), name)),
    ]),
  );
  const circles: string[] = [];
  const done = new Set<string>();
  const follow = (file: string, way: string[]) => {
    if (way.includes(file)) circles.push([...way.slice(way.indexOf(file)), file].join(' → '));
    else if (!done.has(file)) for (const next of importsIn.get(file) ?? []) follow(next, [...way, file]);
    done.add(file);
  };
  for (const file of sources) follow(file, []);
  expect(circles).toEqual([]);
});

test('what renders one composite knows nothing of how another is rendered, but for where etcd is found', () => {
  const across = sources
    .filter(file => /^src\/render\/[^/]+\//.test(file))
    .flatMap(file =>
      importsOf(file)
        .map(name => path.join(path.dirname(file), name))
        .filter(target => /^src\/render\/[^/]+\//.test(target) && target.split('/')[2] !== file.split('/')[2])
        .map(target => `${file} imports ${target}`),
    );
  expect(across).toEqual(['src/render/cluster/data-store.ts imports src/render/etcd/names.ts']);
});

test('the core knows neither gRPC nor files nor Kubernetes', () => {
  const wrong = sources
    .filter(file => PURE.includes(file.split('/')[1] ?? ''))
    .flatMap(file =>
      importsOf(file)
        .filter(name => !name.startsWith('.') && !PURE_PACKAGES.includes(name))
        .map(name => `${file} imports ${name}`),
    );
  expect(wrong).toEqual([]);
});

test('the core reads no clock and draws no random numbers', () => {
  const wrong = sources
    .filter(file => PURE.includes(file.split('/')[1] ?? ''))
    .filter(file =>
      /Date\.now|new Date\(\)|Math\.random|randomUUID|process\./.test(readFileSync(path.join(root, file), 'utf8')),
    );
  expect(wrong).toEqual([]);
});

test('the region imports nothing from src/, so that it cannot agree with our own mistakes', () => {
  const wrong = files
    .filter(file => file.startsWith('test/region/'))
    .flatMap(file =>
      importsOf(file)
        .filter(name => name.includes('/src/'))
        .map(name => `${file} imports ${name}`),
    );
  expect(wrong).toEqual([]);
});

test('no file is longer than 300 lines, and half of them are shorter than 90', () => {
  const lengths = files.map(file => [readFileSync(path.join(root, file), 'utf8').split('\n').length, file] as const);
  expect(lengths.filter(([length]) => length > 300)).toEqual([]);
  const sorted = lengths.map(([length]) => length).sort((a, b) => a - b);
  expect(sorted[Math.floor(sorted.length / 2)]).toBeLessThan(90);
});

test('tests that start programs are listed as such, and the list names nothing else', () => {
  const tests = files.filter(
    file => /^(src|test)\/.*\.test\.ts$/.test(file) && !/^test\/(e2e|conformance)\//.test(file),
  );
  const starts = (file: string) => importsOf(file).includes('node:child_process');
  const helpersOf = (file: string) =>
    importsOf(file)
      .filter(name => name.startsWith('./testing/'))
      .map(name => path.join(path.dirname(file), name));
  const starters = tests.filter(file => starts(file) || helpersOf(file).some(starts));
  expect(starters.filter(file => !PROCESSES.includes(file))).toEqual([]);
  expect(PROCESSES.filter(file => !tests.includes(file))).toEqual([]);
});

test('no file silences the type checker or the linter', () => {
  const silencers = new RegExp(
    [
      '@ts-' + '(ignore|expect-error|nocheck)',
      'biome-' + 'ignore',
      '\\bas ' + 'unknown as',
      '\\bas ' + 'never',
      ': ' + 'any\\b',
      // Its answer is of no type: what is read of it is not checked.
      '(?<![.\\w])Object' + '\\(',
    ].join('|'),
  );
  expect(files.filter(file => silencers.test(readFileSync(path.join(root, file), 'utf8')))).toEqual([]);
});
