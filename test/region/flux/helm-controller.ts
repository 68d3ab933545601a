import { join } from 'node:path';
import { writeIdentity } from '../identities.ts';
import type { Kube } from '../kube.ts';
import { freePort } from '../ports.ts';
import { answers } from '../probe.ts';
import type { Supervisor } from '../process.ts';
import type { PolicyRule } from '../stand-ins/stand-in.ts';

/** Starts Flux's helm-controller; artifacts come from the stand-in for the source controller. */
export async function startHelmController(options: {
  kube: Kube;
  supervisor: Supervisor;
  binary: string;
  dir: string;
  ca: string;
  /** Way to in-cluster names, where tenants' API servers are. */
  proxyUrl: string;
}): Promise<void> {
  const { kube, supervisor, binary, dir, ca, proxyUrl } = options;
  const health = await freePort();
  const identity = { namespace: 'flux-system', name: 'helm-controller', rules };
  const kubeconfig = await writeIdentity(kube, ca, identity, join(dir, 'helm-controller.kubeconfig'));
  await supervisor.start({
    name: 'helm-controller',
    command: binary,
    args: [
      '--metrics-addr=127.0.0.1:0',
      `--health-addr=127.0.0.1:${health}`,
      '--concurrent=10',
      // Looks again at a dependency or an unreachable cluster sooner than the defaults of 30 s and 15 min.
      '--requeue-dependency=2s',
      '--max-retry-delay=10s',
      '--log-level=info',
    ],
    env: { KUBECONFIG: kubeconfig, RUNTIME_NAMESPACE: 'flux-system', TMPDIR: dir, HTTPS_PROXY: proxyUrl },
    ready: () => answers(`http://127.0.0.1:${health}/readyz`),
  });
}

/**
 * What Flux grants its controllers for their own kinds. Its default installation adds cluster-admin for releases
 * into the management cluster itself; ours all go to tenants' clusters through their own kubeconfig.
 */
const rules: PolicyRule[] = [
  { apiGroups: ['helm.toolkit.fluxcd.io', 'source.toolkit.fluxcd.io'], resources: ['*'], verbs: ['*'] },
  {
    apiGroups: [''],
    resources: ['namespaces', 'secrets', 'configmaps', 'serviceaccounts'],
    verbs: ['get', 'list', 'watch'],
  },
  { apiGroups: [''], resources: ['events'], verbs: ['create', 'patch'] },
];
