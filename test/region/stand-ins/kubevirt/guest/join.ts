import { at, str } from '../../../json.ts';
import { connect, type Kube, KubeError } from '../../../kube.ts';
import { writeKubeconfig } from '../../../kubeconfig.ts';
import { discoverCluster, Refused, type Route } from './discovery.ts';
import type { JoinConfig } from './join-config.ts';
import { type KubeletConfig, kubeletConfig } from './kubelet-config.ts';
import { bootstrapIdentity } from './tls-bootstrap.ts';

/** What a machine has on its disk once it joined: it needs no bootstrap data again. */
export interface Membership {
  nodeName: string;
  kubelet: KubeletConfig;
  /** `host:port` of the API server that its kubelet talks to. */
  endpoint: string;
  /** Kubeconfig of the kubelet, by the way to that endpoint. */
  kubeconfig(route: Route): string;
}

/**
 * Joins the cluster as `kubeadm join` does: it finds `cluster-info` at the endpoint it was given, and from there on talks
 * to the server named in it (cmd/kubeadm/app/discovery/discovery.go of Kubernetes 1.36, `For`). A `Refused` will not get
 * better, everything else may be tried again.
 */
export async function joinCluster(
  join: JoinConfig,
  hostname: string,
  reach: (endpoint: string) => Promise<Route>,
): Promise<Membership> {
  const nodeName = join.kubeletArgs['hostname-override'] ?? join.nodeName ?? hostname;
  const { ca, endpoint } = await discoverCluster(join, await reach(join.endpoint));
  const bootstrap = connect(writeKubeconfig({ ...(await reach(endpoint)), ca, token: join.token }));
  try {
    await readConfig(bootstrap, 'kubeadm-config');
    const clusterKubelet = str(at(await readConfig(bootstrap, 'kubelet-config'), 'kubelet')) ?? '';
    const kubelet = refusing(() => kubeletConfig(join, clusterKubelet));
    const identity = await bootstrapIdentity(bootstrap, nodeName);
    return { nodeName, kubelet, endpoint, kubeconfig: current => writeKubeconfig({ ...current, ca, ...identity }) };
  } finally {
    await bootstrap.close();
  }
}

/** kubeadm reads these with the bootstrap token, whose group needs a role for each. */
async function readConfig(kube: Kube, name: string): Promise<unknown> {
  const config = await kube.get('v1/ConfigMap', name, 'kube-system').catch((error: unknown) => {
    if (error instanceof KubeError && error.status === 401) throw new Refused('the bootstrap token is not valid');
    throw error;
  });
  if (!config) throw new Error(`cannot join: ConfigMap kube-system/${name} is missing`);
  return config.data;
}

function refusing<T>(action: () => T): T {
  try {
    return action();
  } catch (error) {
    throw error instanceof Error ? new Refused(error.message) : error;
  }
}
