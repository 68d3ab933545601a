import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { rules as certManagerRules, startCertManager } from './cert-manager/start.ts';
import { type ClusterApiPorts, startClusterApi } from './cluster-api/start.ts';
import type { ManagementCluster } from './control-plane/management.ts';
import { startCrossplane } from './crossplane/core.ts';
import { type FunctionProgram, type RunningFunction, startFunction } from './crossplane/functions.ts';
import { startHelmController } from './flux/helm-controller.ts';
import { writeIdentity } from './identities.ts';
import { pointConversions } from './install/crds.ts';
import { type InstallOptions, installPackage, installPlatform } from './install/package.ts';
import type { KubeObject } from './kube.ts';
import type { Log } from './log.ts';
import type { Supervisor } from './process.ts';
import type { ProgramName } from './programs.ts';
import type { Stages } from './stages.ts';
import { type StandIns, type StandInsOptions, startMachines, startStandIns } from './stand-ins/start.ts';

interface ComponentsOptions extends StandInsOptions {
  root: string;
  dir: string;
  log: Log;
  supervisor: Supervisor;
  binaries: (name: ProgramName) => string;
  cluster: ManagementCluster;
  /** Definitions as they are to be served in this region. */
  crds: KubeObject[];
  ports: ClusterApiPorts;
  stages: Stages;
  logFor: (name: string) => Log;
  signal: AbortSignal;
  crossplaneFlags?: string[];
  functions?: FunctionProgram[];
  install?: boolean | Pick<InstallOptions, 'change'>;
}

/** Starts all that runs on the management cluster, as much as possible at the same time. */
export async function startComponents(
  options: ComponentsOptions,
): Promise<{ functions: Record<string, RunningFunction>; standIns: StandIns }> {
  const { root, dir, log, supervisor, binaries, cluster, stages, ports } = options;
  const { kube, pki } = cluster;
  const { authority } = pki;
  const shared = { kube, supervisor, authority, ca: authority.cert, log };
  const standInsParts = { ...options, ca: authority.cert };
  const nodes = startMachines(standInsParts);
  // Awaited further down; until then a failure must not count as unhandled.
  nodes.catch(() => undefined);

  const crossplane = stages.run('Crossplane', () =>
    startCrossplane({
      ...shared,
      binary: binaries('crossplane'),
      dir: join(dir, 'crossplane'),
      flags: options.crossplaneFlags ?? [],
    }),
  );
  const functions = stages.run('functions', () => startFunctions(options));
  const others = async (): Promise<StandIns> => {
    await pointConversions(kube, options.crds);
    const { proxyUrl } = (await nodes).network;
    const [standIns] = await Promise.all([
      stages.run('stand-ins', async () => startStandIns(await nodes, standInsParts)),
      stages.run('Cluster API', () =>
        startClusterApi({ ...shared, binaries, ports, proxyUrl, dir: join(dir, 'cluster-api') }),
      ),
      stages.run('cert-manager and Flux', () => startCertManagerAndFlux(options, proxyUrl)),
    ]);
    return standIns;
  };
  const { install = true } = options;
  const packageOptions = { root, ...(typeof install === 'object' && install) };
  // Its definitions wait for Crossplane by themselves.
  const packages = async (): Promise<void> => {
    if (install) await stages.run('package', () => installPackage(kube, packageOptions));
  };
  const [standIns, running] = await Promise.all([others(), functions, crossplane, packages(), cluster.complete]);
  if (install) await stages.run('platform', () => installPlatform(kube, packageOptions));
  return { standIns, functions: running };
}

async function startFunctions(options: ComponentsOptions): Promise<Record<string, RunningFunction>> {
  const { root, dir, supervisor, cluster } = options;
  const programs = options.functions ?? [
    { name: 'function-hikube', command: process.execPath, args: [join(root, 'src', 'function', 'main.ts')] },
  ];
  const started = await Promise.all(
    programs.map(async program => {
      const { kube, pki } = cluster;
      const running = await startFunction({ program, kube, supervisor, authority: pki.authority, dir });
      return [program.name, running] as const;
    }),
  );
  return Object.fromEntries(started);
}

async function startCertManagerAndFlux(options: ComponentsOptions, proxyUrl: string): Promise<void> {
  const { dir, supervisor, binaries, cluster } = options;
  const { kube, pki } = cluster;
  const ca = pki.authority.cert;
  const own = join(dir, 'flux');
  await mkdir(own, { recursive: true });
  const identity = { namespace: 'cert-manager', name: 'cert-manager', rules: certManagerRules };
  const kubeconfigFile = await writeIdentity(kube, ca, identity, join(dir, 'cert-manager.kubeconfig'));
  await Promise.all([
    startCertManager({ supervisor, binary: binaries('cert-manager'), kubeconfigFile }),
    startHelmController({ kube, supervisor, binary: binaries('helm-controller'), dir: own, ca, proxyUrl }),
  ]);
}
