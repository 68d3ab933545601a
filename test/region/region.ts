import { mkdir, readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { buildPrograms } from './build.ts';
import { clusterApiPorts, conversionServers } from './cluster-api/start.ts';
import { startComponents } from './components.ts';
import { startManagementCluster } from './control-plane/management.ts';
import { userKubeconfig, writePki } from './control-plane/pki.ts';
import { definitionsSnapshot } from './control-plane/snapshot.ts';
import { loadCrds } from './crds.ts';
import type { FunctionProgram, RunningFunction } from './crossplane/functions.ts';
import type { InstallOptions } from './install/package.ts';
import type { Kube } from './kube.ts';
import { createSupervisor } from './process.ts';
import type { ProgramName } from './programs.ts';
import { logFiles } from './region-logs.ts';
import { writeShell } from './shell.ts';
import { recordStages, type Timing } from './stages.ts';
import type { StandIns, StandInsOptions } from './stand-ins/start.ts';

/** What a region is started with; everything has a default. */
export interface RegionOptions extends StandInsOptions {
  /** Told what happens, a line each: builds, processes that end unasked. */
  log?: (line: string) => void;
  /** Told when a stage begins and ends. */
  onStage?: (stage: string, event: 'began' | 'ended', seconds: number) => void;
  /** Folder for data and logs; must not exist yet. */
  dir?: string;
  /** Further flags of Crossplane core; a later one wins over the region's own. */
  crossplaneFlags?: string[];
  /** Composition functions (default: this checkout's own). */
  functions?: FunctionProgram[];
  /** Whether to install this checkout's package, and what to change in it. */
  install?: boolean | Pick<InstallOptions, 'change'>;
}

/** A running region. */
export interface Region {
  /** The administrator's client. */
  kube: Kube;
  kubeconfigFile: string;
  /** A kubeconfig for any user with any groups; the user has the rights that bindings give it. */
  kubeconfigFor(user: string, groups?: string[]): Promise<string>;
  functions: Record<string, RunningFunction>;
  standIns: StandIns;
  binaries(name: ProgramName): string;
  /** For `connect`: the way to in-cluster names, where tenants' API servers are. */
  proxyUrl: string;
  /** The way to public names, for whoever stands outside the platform. */
  outsideUrl: string;
  /** For the PATH: a folder with a kubectl for this region. */
  bin: string;
  dir: string;
  logs: string;
  timings: Timing[];
  /** Ends everything and removes all but the logs. */
  stop(): Promise<void>;
}

/** Root of the checkout. */
export const root = join(import.meta.dirname, '..', '..');

/** Starts a whole management cluster as processes; resolves when a claim can be applied. */
export async function startRegion(options: RegionOptions = {}): Promise<Region> {
  const { log = () => undefined, onStage = () => undefined } = options;
  const dir = options.dir ?? join(root, '.region', `${new Date().toISOString().replace(/\W/g, '')}-${process.pid}`);
  const logs = join(dir, 'logs');
  await mkdir(logs, { recursive: true });
  const stages = recordStages(onStage);
  const files = await stages.run('build', () => buildPrograms({ log }));
  const binaries = (name: ProgramName): string => files[name];
  const supervisor = await createSupervisor({ logs, log });
  const abort = new AbortController();
  const removeData = () => removeAllBut(dir, 'logs');

  try {
    const pki = await writePki(join(dir, 'pki'));
    const { authority } = pki;
    const ports = await clusterApiPorts();
    const crds = await loadCrds({ conversion: conversionServers(ports, authority), log });
    const etcdData = await stages.run('definitions', () => definitionsSnapshot({ crds, binaries, log }));
    const cluster = await stages.run('control plane', () =>
      startManagementCluster({ supervisor, binaries, dir, pki, etcdData }),
    );
    const components = await startComponents({
      ...options,
      root,
      dir,
      log,
      supervisor,
      binaries,
      cluster,
      crds,
      ports,
      stages,
      logFor: logFiles(logs),
      signal: abort.signal,
    });
    const { nodes, outside } = components.standIns;
    const { kubeconfigFile } = cluster;
    const shell = { dir, kubectl: binaries('kubectl'), kubeconfigFile, outsideUrl: outside.proxyUrl };
    return {
      kube: cluster.kube,
      kubeconfigFile,
      kubeconfigFor: (user, groups) => userKubeconfig(cluster.pki.authority, cluster.server, user, groups),
      ...components,
      proxyUrl: nodes.network.proxyUrl,
      outsideUrl: outside.proxyUrl,
      bin: await writeShell(shell),
      binaries,
      dir,
      logs,
      timings: stages.timings,
      async stop() {
        abort.abort();
        await components.standIns.stop();
        await cluster.kube.close();
        await supervisor.stop();
        await removeData();
      },
    };
  } catch (error) {
    abort.abort();
    await supervisor.stop();
    await removeData();
    throw error;
  }
}

async function removeAllBut(dir: string, kept: string): Promise<void> {
  const entries = await readdir(dir).catch(() => []);
  const old = entries.filter(entry => entry !== kept);
  await Promise.all(old.map(entry => rm(join(dir, entry), { recursive: true, force: true })));
}
