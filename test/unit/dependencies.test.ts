import { globSync, readFileSync } from 'node:fs';
import { builtinModules } from 'node:module';
import path from 'node:path';
import { expect, test } from 'vitest';
import { z } from 'zod';

const root = path.resolve(import.meta.dirname, '../..');
const packages = z.record(z.string(), z.string());
const manifest = z
  .object({ dependencies: packages, devDependencies: packages })
  .parse(JSON.parse(readFileSync(path.join(root, 'package.json'), 'utf8')));
const read = (file: string) => readFileSync(path.join(root, file), 'utf8');

/** Packages that some files import, by their names. */
function importedBy(files: string[]): Set<string> {
  const names = files.flatMap(file =>
    [...read(file).matchAll(/(?:from |import\()'([@a-z][^'\n]*)'/g)].map(([, name = '']) =>
      name
        .split('/')
        .slice(0, name.startsWith('@') ? 2 : 1)
        .join('/'),
    ),
  );
  return new Set(names.filter(name => !name.startsWith('node:') && !builtinModules.includes(name)));
}

const isTest = (file: string) => /\.test\.ts$|\/testing\//.test(file);
const sources = globSync('src/**/*.ts', { cwd: root }).filter(file => !isTest(file));
const tools = globSync(['*.ts', '{bin,scripts,test}/**/*.{ts,mjs}', 'src/**/*.ts'], { cwd: root });

/** Declared before the first import, for a reason that CONTRIBUTING.md tells. */
const AHEAD = ['@kubernetes/client-node'];

test('what runs imports each dependency, and no other package', () => {
  const imported = importedBy(sources);
  expect([...imported, ...AHEAD].sort()).toEqual(Object.keys(manifest.dependencies).sort());
});

test('a dependency that waits for its first import is told of', () => {
  const page = read('CONTRIBUTING.md');
  expect(AHEAD.filter(name => !page.includes(`\`${name}\``))).toEqual([]);
});

test('what builds and tests imports only what is declared', () => {
  const declared = [...Object.keys(manifest.dependencies), ...Object.keys(manifest.devDependencies)];
  expect([...importedBy(tools)].filter(name => !declared.includes(name))).toEqual([]);
});
