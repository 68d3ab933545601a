import { spawnSync } from 'node:child_process';
import {
  cpSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';

const root = path.resolve(import.meta.dirname, '../..');
const copy = mkdtempSync(path.join(tmpdir(), 'hikube-cli-bundle-'));
const source = path.join(copy, 'src/cli/commands/validate.ts');
const bundle = path.join(copy, 'node_modules/.cache/hikube/cli.cjs');
cloneInto(copy);
afterAll(() => rmSync(copy, { recursive: true }));

describe('hikube, bundled by itself', { timeout: 120_000 }, () => {
  test('makes one file of its sources at the first call and starts from it afterwards', () => {
    expect(validate()).toContain('is valid');
    const { ino } = statSync(bundle);
    expect(validate()).toContain('is valid');
    expect(statSync(bundle).ino).toBe(ino);
  });

  test('runs what the sources say now, even if an edit leaves size and time of modification as they were', () => {
    const { atime, mtime } = statSync(source);
    edit('is valid', 'is sound');
    utimesSync(source, atime, mtime);
    expect(validate()).toContain('is sound');
  });

  test('starts all the same when the file it kept is of no use', () => {
    writeFileSync(bundle, '//[]\nthis is no program');
    edit('is sound', 'is right');
    expect(validate()).toContain('is right');
    writeFileSync(bundle, 'neither list nor program');
    expect(validate()).toContain('is right');
  });

  test('runs from its sources where no file can be made: without esbuild', () => {
    rmSync(path.join(copy, 'node_modules/esbuild'));
    edit('is right', 'is clean');
    expect(validate()).toContain('is clean');
    expect(readFileSync(bundle, 'utf8')).not.toContain('is clean');
  });
});

/** Everything the command needs, with a cache of its own. */
function cloneInto(folder: string): void {
  for (const name of ['bin', 'scripts', 'src', 'package.json', 'tsconfig.json']) {
    cpSync(path.join(root, name), path.join(folder, name), { recursive: true });
  }
  mkdirSync(path.join(folder, 'node_modules'));
  for (const name of readdirSync(path.join(root, 'node_modules')).filter(entry => !entry.startsWith('.'))) {
    symlinkSync(path.join(root, 'node_modules', name), path.join(folder, 'node_modules', name));
  }
}

function edit(from: string, to: string): void {
  const text = readFileSync(source, 'utf8');
  if (!text.includes(from)) throw new Error(`cannot edit ${source}: it does not say ${from}`);
  writeFileSync(source, text.replace(from, to));
}

/** What the program says of a valid claim. */
function validate(): string {
  const claim = 'apiVersion: hikube.cloud/v1alpha1\nkind: HikubeCluster\nmetadata: {name: demo}\nspec: {}\n';
  const { status, stderr } = spawnSync(path.join(copy, 'bin/hikube.mjs'), ['validate', '-'], {
    input: claim,
    encoding: 'utf8',
  });
  expect(status).toBe(0);
  return stderr;
}
