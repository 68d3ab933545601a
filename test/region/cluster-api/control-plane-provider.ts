import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { modules } from '../crds/modules.ts';
import { writeIdentity } from '../identities.ts';
import { freePort } from '../ports.ts';
import { answers } from '../probe.ts';
import { moduleRules } from './rules.ts';
import type { ClusterApiOptions } from './start.ts';

/**
 * Starts Kamaji's Cluster API control-plane provider: KamajiControlPlane to TenantControlPlane and back. Unlike Cluster
 * API's own programs it has no webhooks and takes its kubeconfig from the environment alone.
 */
export async function startControlPlaneProvider(options: Omit<ClusterApiOptions, 'ports'>): Promise<void> {
  const { kube, ca, dir, supervisor, binaries, log } = options;
  await mkdir(dir, { recursive: true });
  const rules = await moduleRules(modules.kamajiProvider, 'config/rbac/role.yaml', log);
  const identity = { namespace: 'kamaji-system', name: 'control-plane-provider', rules };
  const kubeconfig = await writeIdentity(kube, ca, identity, join(dir, 'kamaji-provider.kubeconfig'));
  const health = await freePort();
  await supervisor.start({
    name: 'kamaji-provider',
    command: binaries('kamaji-provider'),
    // Its own flag for the metrics address is not read.
    args: [`--health-probe-bind-address=127.0.0.1:${health}`, '--diagnostics-address=127.0.0.1:0'],
    env: { KUBECONFIG: kubeconfig },
    ready: () => answers(`http://127.0.0.1:${health}/readyz`),
  });
}
