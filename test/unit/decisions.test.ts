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
const cited = globSync(WORDS, { cwd: root, exclude: ['test/golden/**', 'docs/promises.md'] }).flatMap(file =>
  [...read(file).matchAll(/\bdecision `?([a-z0-9]+(?:-[a-z0-9]+)+)`?|\b(D\d+)\b/g)].map(match => ({
    file,
    id: match[1] ?? match[2] ?? '',
  })),
);

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
