import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { loadWebhooks } from '../crds.ts';
import { writeIdentity } from '../identities.ts';
import type { Kube } from '../kube.ts';
import type { Log } from '../log.ts';
import type { Authority } from '../pki.ts';
import { freePorts } from '../ports.ts';
import { answers } from '../probe.ts';
import type { Supervisor } from '../process.ts';
import { writeTlsFolder } from '../tls.ts';
import { applyRoles, CORE_ROLE, rbacManagerRules, rightsAggregated } from './roles.ts';

/** What Crossplane is started with. */
export interface CrossplaneOptions {
  kube: Kube;
  supervisor: Supervisor;
  binary: string;
  dir: string;
  /** Signs Crossplane's webhook and client certificates and the functions' server certificates. */
  authority: Authority;
  /** PEM of the API server's authority. */
  ca: string;
  /** Further flags of core. */
  flags?: string[];
  log: Log;
}

/**
 * Starts Crossplane core with its webhooks and the RBAC manager, each as its ServiceAccount. Core has its own roles
 * and what packages and RBAC manager add to them, nothing more.
 */
export async function startCrossplane(options: CrossplaneOptions): Promise<void> {
  const { kube, dir } = options;
  await mkdir(dir, { recursive: true });
  await applyRoles(kube);
  await rightsAggregated(kube);
  await Promise.all([startCore(options), startRbacManager(options)]);
}

async function startCore(options: CrossplaneOptions): Promise<void> {
  const { kube, supervisor, binary, dir, authority, ca, flags = [], log } = options;
  const [webhook = 0, metrics = 0, health = 0] = await freePorts(3);
  const [kubeconfig, serverCerts, clientCerts] = await Promise.all([
    writeIdentity(
      kube,
      ca,
      { namespace: NAMESPACE, name: 'crossplane', clusterRoles: [CORE_ROLE] },
      join(dir, 'core.kubeconfig'),
    ),
    writeTlsFolder(join(dir, 'webhook-tls'), authority, {
      commonName: 'crossplane-webhooks',
      dnsNames: ['localhost'],
      ipAddresses: ['127.0.0.1'],
      usages: ['server'],
    }),
    writeTlsFolder(join(dir, 'client-tls'), authority, { commonName: 'crossplane', usages: ['client'] }),
  ]);
  await supervisor.start({
    name: 'crossplane',
    command: binary,
    args: [
      'core',
      'start',
      '--package-runtime=External',
      `--webhook-port=${webhook}`,
      `--metrics-port=${metrics}`,
      `--health-probe-port=${health}`,
      // As docs/install.md asks of a platform: a cluster coming up is more events than the default lets through.
      '--circuit-breaker-burst=500',
      ...flags,
    ],
    env: {
      KUBECONFIG: kubeconfig,
      POD_NAMESPACE: NAMESPACE,
      TLS_SERVER_CERTS_DIR: serverCerts,
      TLS_CLIENT_CERTS_DIR: clientCerts,
      XPKG_CACHE_DIR: join(dir, 'packages'),
    },
    ready: () => answers(`http://127.0.0.1:${health}/readyz`),
  });
  const server = { url: `https://127.0.0.1:${webhook}`, ca: authority.cert };
  for (const object of await loadWebhooks('crossplane', server, log)) await kube.apply(object);
}

async function startRbacManager({ kube, supervisor, binary, dir, ca }: CrossplaneOptions): Promise<void> {
  const identity = { namespace: NAMESPACE, name: 'rbac-manager', rules: rbacManagerRules };
  const kubeconfig = await writeIdentity(kube, ca, identity, join(dir, 'rbac-manager.kubeconfig'));
  await supervisor.start({
    name: 'crossplane-rbac-manager',
    command: binary,
    args: ['rbac', 'start', '--provider-clusterrole=crossplane:allowed-provider-permissions'],
    env: { KUBECONFIG: kubeconfig },
  });
}

const NAMESPACE = 'crossplane-system';
