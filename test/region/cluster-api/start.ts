import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { loadWebhooks, type WebhookServer } from '../crds.ts';
import { writeIdentity } from '../identities.ts';
import type { Kube } from '../kube.ts';
import type { Log } from '../log.ts';
import type { Authority } from '../pki.ts';
import { freePorts } from '../ports.ts';
import { answers } from '../probe.ts';
import type { Supervisor } from '../process.ts';
import type { ProgramName } from '../programs.ts';
import { writeTlsFolder } from '../tls.ts';
import { startControlPlaneProvider } from './control-plane-provider.ts';
import { type Manager, managers } from './managers.ts';
import { moduleRules } from './rules.ts';

/** What Cluster API is started with. */
export interface ClusterApiOptions {
  kube: Kube;
  supervisor: Supervisor;
  binaries: (name: ProgramName) => string;
  dir: string;
  authority: Authority;
  /** PEM of the API server's authority. */
  ca: string;
  ports: ClusterApiPorts;
  /** Way to in-cluster names, where tenants' API servers are. */
  proxyUrl: string;
  log: Log;
}

/** Webhook ports, chosen before the CRDs are applied because those name them for conversion. */
export type ClusterApiPorts = Record<Manager['program'], number>;

/** Chooses the ports. */
export async function clusterApiPorts(): Promise<ClusterApiPorts> {
  const [core = 0, bootstrap = 0, capk = 0] = await freePorts(3);
  return { 'capi-core': core, cabpk: bootstrap, capk };
}

/** Where objects are converted between versions, by the program that owns their kind. */
export function conversionServers(ports: ClusterApiPorts, authority: Authority) {
  return { core: webhookServer(ports, 'capi-core', authority), bootstrap: webhookServer(ports, 'cabpk', authority) };
}

function webhookServer(ports: ClusterApiPorts, program: Manager['program'], authority: Authority): WebhookServer {
  return { url: `https://127.0.0.1:${ports[program]}`, ca: authority.cert };
}

/** Starts Cluster API's core, its kubeadm bootstrap provider and CAPK with webhooks, and Kamaji's provider, each as itself. */
export async function startClusterApi(options: ClusterApiOptions): Promise<void> {
  await mkdir(options.dir, { recursive: true });
  await Promise.all([...managers.map(manager => startManager(manager, options)), startControlPlaneProvider(options)]);
}

async function startManager(manager: Manager, options: ClusterApiOptions): Promise<void> {
  const { program, namespace } = manager;
  const { kube, supervisor, binaries, dir, authority, ca, ports, proxyUrl, log } = options;
  const [health = 0] = await freePorts(1);
  const rules = [...(await moduleRules(manager.module, manager.role, log)), ...manager.extraRules];
  const [kubeconfig, certs] = await Promise.all([
    writeIdentity(kube, ca, { namespace, name: 'manager', rules }, join(dir, `${program}.kubeconfig`)),
    writeTlsFolder(join(dir, `${program}-tls`), authority, {
      commonName: program,
      ipAddresses: ['127.0.0.1'],
      usages: ['server'],
    }),
  ]);
  await supervisor.start({
    name: program,
    command: binaries(program),
    args: [
      `--kubeconfig=${kubeconfig}`,
      `--webhook-port=${ports[program]}`,
      `--webhook-cert-dir=${certs}`,
      `--health-addr=127.0.0.1:${health}`,
      '--diagnostics-address=127.0.0.1:0',
      ...manager.flags,
    ],
    env: { POD_NAMESPACE: namespace, POD_NAME: program, POD_UID: program, HTTPS_PROXY: proxyUrl },
    ready: () => answers(`http://127.0.0.1:${health}/readyz`),
  });
  for (const object of await loadWebhooks(program, webhookServer(ports, program, authority), log)) {
    await kube.apply(object);
  }
}
