import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { type ProgramName, programs } from '../programs.ts';

/**
 * Where built programs are kept: outside the checkout, so that a fresh clone finds them.
 * `HIKUBE_REGION_CACHE` names another folder.
 */
export function cacheDir(): string {
  const chosen = process.env.HIKUBE_REGION_CACHE;
  if (chosen) return chosen;
  return join(process.env.XDG_CACHE_HOME || join(homedir(), '.cache'), 'hikube-region');
}

/** Folder of the Go module that builds a program. */
export function moduleDir(name: ProgramName): string {
  return join(import.meta.dirname, programs[name].module);
}

/** Flags that make the same sources give the same binary on every machine. */
export function buildFlags(name: ProgramName): string[] {
  return ['-trimpath', '-ldflags', ['-s -w', programs[name].ldflags].filter(Boolean).join(' ')];
}

/** File of a built program. Its name changes with everything that decides what is built. */
export function binaryFile(name: ProgramName, goVersion: string): string {
  const hash = createHash('sha256');
  hash.update(JSON.stringify([goVersion, process.platform, process.arch, programs[name].package, buildFlags(name)]));
  const dir = moduleDir(name);
  // At any depth: a module may bring another one of ours.
  for (const file of readdirSync(dir, { recursive: true, encoding: 'utf8' }).sort()) {
    if (/\.go$|(^|\/)go\.(mod|sum)$/.test(file)) hash.update(`\0${file}\0`).update(readFileSync(join(dir, file)));
  }
  return join(cacheDir(), 'bin', `${name}-${hash.digest('hex').slice(0, 12)}`);
}
