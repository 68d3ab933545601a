import { at, str } from '../../../../json.ts';
import type { Kube, KubeObject } from '../../../../kube.ts';
import { writeKubeconfig } from '../../../../kubeconfig.ts';
import type { Route } from '../discovery.ts';

/** A machine's way to its cluster: the kubelet's client, and what a program on it needs to reach the API server. */
export interface ClusterAccess {
  kube: Kube;
  route: Route;
  ca: string;
}

/**
 * A kubeconfig with the rights of a Pod's ServiceAccount. The kubelet asks for the token with the node's own
 * certificate, as in life; the API server gives it for Pods bound to this node alone.
 */
export async function podKubeconfig({ kube, route, ca }: ClusterAccess, pod: KubeObject): Promise<string> {
  const { name, namespace = '', uid } = pod.metadata;
  const account = str(at(pod, 'spec', 'serviceAccountName')) ?? 'default';
  const path = `/api/v1/namespaces/${namespace}/serviceaccounts/${account}/token`;
  const { status, body } = await kube.raw('POST', path, {
    apiVersion: 'authentication.k8s.io/v1',
    kind: 'TokenRequest',
    spec: { expirationSeconds: ONE_DAY, boundObjectRef: { apiVersion: 'v1', kind: 'Pod', name, uid } },
  });
  const token = str(at(body, 'status', 'token'));
  if (token === undefined) {
    throw new Error(`cannot get a token for ${namespace}/${account}: HTTP ${status} ${str(at(body, 'message')) ?? ''}`);
  }
  return writeKubeconfig({ ...route, ca, token });
}

/** No region lives longer, so nobody has to renew it. */
const ONE_DAY = 86_400;
