import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { LAYERS, root, wrongImports } from './layers.ts';

const page = (file: string) => readFileSync(path.join(root, file), 'utf8');
/** Files and folders of the repository that a text names. */
const namedIn = (text: string) =>
  [...text.matchAll(/`((?:src|test|package|docs)\/[^`\s]*)`/g)].map(([, name = '']) => name);
const section = (text: string, title: string) => text.split(/^## /m).find(part => part.startsWith(title)) ?? '';

describe("the newcomer's table", () => {
  const rows = section(page('CONTRIBUTING.md'), "A newcomer's table")
    .split('\n')
    .filter(line => line.startsWith('| ') && !line.startsWith('| Question') && !line.startsWith('| ---'));

  test('answers eight questions', () => expect(rows).toHaveLength(8));

  test.each(rows)('%s', row => {
    const [file = '', ...more] = namedIn(row);
    expect(more).toEqual([]);
    expect(existsSync(path.join(root, file)), `${file} exists`).toBe(true);
    expect(Object.keys(LAYERS)).toContain(file.split('/')[1]);
    expect(wrongImports(file)).toEqual([]);
  });
});

test.each(['docs/lifecycle.md', 'docs/architecture.md', 'CONTRIBUTING.md'])('%s names only what there is', file => {
  const named = namedIn(page(file));
  expect(named.length).toBeGreaterThan(3);
  expect(named.filter(name => !existsSync(path.join(root, name)))).toEqual([]);
});

test('the lifecycle says where to add what people add', () => {
  const table = section(page('docs/lifecycle.md'), 'Where to add something');
  for (const what of ['a field of the claim', 'an add-on', 'a guard', 'a kind']) expect(table).toContain(`| ${what}`);
});
