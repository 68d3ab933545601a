import { existsSync } from 'node:fs';
import { mkdir, rename } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { binaryFile, buildFlags, cacheDir, moduleDir } from './programs/cache.ts';
import { go, goDownload, goVersion } from './programs/go.ts';
import { withLock } from './programs/lock.ts';
import { type ProgramName, programNames, programs } from './programs.ts';

const progressMs = 15_000;

export interface BuildOptions {
  log: (line: string) => void;
  /** Only these programs; all by default. */
  only?: readonly ProgramName[];
}

/**
 * Builds the region's programs that are not in the cache yet, one after the other, and returns the file of each.
 * With everything cached it takes a fraction of a second.
 */
export async function buildPrograms(options: BuildOptions): Promise<Record<ProgramName, string>> {
  const files = await binaryFiles();
  const wanted = programNames.filter(name => options.only?.includes(name) ?? true);
  const missing = () => wanted.filter(name => !existsSync(files[name]));
  if (missing().length === 0) return files;
  await withLock(join(cacheDir(), 'build.lock'), options.log, async () => {
    const queue = missing();
    const seconds = queue.reduce((sum, name) => sum + programs[name].coldSeconds, 0);
    if (queue.length > 0) {
      options.log(`building ${queue.length} programs, once; about ${Math.ceil(seconds / 60)} min on two cores`);
    }
    for (const name of queue) await build(name, files[name], options.log);
  });
  return files;
}

/** File of each program, built or not. */
export async function binaryFiles(): Promise<Record<ProgramName, string>> {
  const versions = new Map<string, string>();
  const file = async (name: ProgramName) => {
    const dir = moduleDir(name);
    const version = versions.get(dir) ?? (await goVersion(dir));
    versions.set(dir, version);
    return binaryFile(name, version);
  };
  return {
    etcd: await file('etcd'),
    'kube-apiserver': await file('kube-apiserver'),
    'kube-controller-manager': await file('kube-controller-manager'),
    'kube-scheduler': await file('kube-scheduler'),
    crossplane: await file('crossplane'),
    'capi-core': await file('capi-core'),
    cabpk: await file('cabpk'),
    capk: await file('capk'),
    'kamaji-provider': await file('kamaji-provider'),
    'helm-controller': await file('helm-controller'),
    'cert-manager': await file('cert-manager'),
    traefik: await file('traefik'),
    kubectl: await file('kubectl'),
  };
}

async function build(name: ProgramName, file: string, log: BuildOptions['log']): Promise<void> {
  const program = programs[name];
  const dir = moduleDir(name);
  const started = Date.now();
  const elapsed = () => Math.round((Date.now() - started) / 1000);
  const usual = `usually ${program.coldSeconds} s the first time`;
  log(`building ${name} ${program.version} (${usual})`);
  const progress = setInterval(() => log(`building ${name} ${program.version}: ${elapsed()} s (${usual})`), progressMs);
  try {
    await mkdir(dirname(file), { recursive: true });
    // Listing what the build needs downloads it: so a proxy that fails is told from code that does not compile.
    await goDownload(dir, ['list', '-deps', program.package], log);
    const unfinished = `${file}.${process.pid}.tmp`;
    await go(dir, ['build', ...buildFlags(name), '-o', unfinished, program.package]);
    await rename(unfinished, file);
    log(`built ${name} ${program.version} in ${elapsed()} s`);
  } catch (error) {
    throw new Error(`cannot build ${name} ${program.version}: ${error instanceof Error ? error.message : error}`);
  } finally {
    clearInterval(progress);
  }
}

if (import.meta.main) {
  const started = Date.now();
  const log = (line: string) => console.log(line);
  const only = programNames.filter(name => process.argv.includes(name));
  const files = await buildPrograms(only.length > 0 ? { log, only } : { log });
  for (const name of only.length > 0 ? only : programNames) console.log(`${name} ${files[name]}`);
  console.log(`ready in ${((Date.now() - started) / 1000).toFixed(1)} s`);
}
