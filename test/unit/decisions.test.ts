import { globSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from 'vitest';

const root = path.resolve(import.meta.dirname, '../..');
const read = (file: string) => readFileSync(path.join(root, file), 'utf8');
const page = read('docs/decisions.md');
const entries = page.split(/^### /m).slice(1);
const ids = entries.map(entry => entry.split('\n')[0] ?? '');

/** Everything people read: code, pages, package, examples. */
const WORDS = [
  '*.{md,ts,yaml}',
  '{docs,package}/**/*.{md,yaml}',
  '{src,test,scripts,bin,examples}/**/*.{ts,mjs,yaml,go,md}',
];
const files = globSync(WORDS, { cwd: root, exclude: ['test/golden/**', 'docs/promises.md'] });
const cited = files.flatMap(file =>
  [...read(file).matchAll(/\bdecision[\s*]+`?([a-z0-9]+(?:-[a-z0-9]+)+)`?|\b(D\d+)\b/g)].map(match => ({
    file,
    id: match[1] ?? match[2] ?? '',
  })),
);

// Spelt in pieces, so that this file cites nothing itself.
const OUTSIDE = new RegExp(
  [
    'design[\\s*]+section',
    '\\breference[\\s*]+[D\\d]',
    '(?<![-/\\w])reference/\\w',
    '\\b(?:design|today)\\.md\\b',
  ].join('|'),
);

test('nothing cites a document outside the repository', () => {
  expect(files.filter(file => OUTSIDE.test(read(file)))).toEqual([]);
  for (const where of ['section 3', 'section\n * 4']) expect(`(${'design'} ${where})`).toMatch(OUTSIDE);
  for (const where of [' D5', ' 1.2', '/hikube.md']) expect(`(${'reference'}${where})`).toMatch(OUTSIDE);
});

describe('docs/decisions.md', () => {
  test('has each decision once, with what was decided and why', () => {
    expect(new Set(ids).size).toBe(ids.length);
    for (const entry of entries) expect(entry).toMatch(/^\S+\n\n\*\*.+\*\*.*\n\nWhy: .+\n/);
  });

  test('refers to its own entries alone', () => {
    const anchors = [...page.matchAll(/\]\(#([^)]+)\)/g)].map(match => match[1] ?? '');
    const headings = [...page.matchAll(/^#+ (.+)$/gm)].map(match =>
      (match[1] ?? '').toLowerCase().replaceAll(' ', '-'),
    );
    expect(anchors.filter(anchor => !headings.includes(anchor))).toEqual([]);
    expect(anchors.length).toBeGreaterThan(5);
  });

  test('holds every decision that is cited', () => {
    expect(cited.filter(({ id }) => !ids.includes(id)).map(({ file, id }) => `${file} cites ${id}`)).toEqual([]);
    expect(cited.length).toBeGreaterThan(30);
  });
});
