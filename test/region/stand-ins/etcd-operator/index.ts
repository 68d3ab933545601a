import type { Nodes } from '../nodes/index.ts';
import type { PolicyRule, StandInContext } from '../stand-in.ts';
import { etcdRuntime } from './member-runtime.ts';
import { startOperator } from './operator.ts';

export { type EtcdClient, openEtcd } from './etcd-client.ts';
export { CLUSTER_LABEL } from './member.ts';

/**
 * Stand-in for cozystack's etcd operator: members are Pods the real scheduler places, each a real etcd process with
 * the Secrets the cluster names. A wrong name, usage or chain in a certificate fails as in life.
 * Simpler than life: all members of a new cluster start together instead of joining one by one, and a change of
 * `replicas` other than to 0 and back is not acted upon.
 */
export async function startEtcdOperator(
  { kube, log, binaries, processes }: StandInContext,
  { nodes }: { nodes: Nodes },
): Promise<{ stop(): Promise<void> }> {
  const { network } = nodes;
  nodes.addRuntime(etcdRuntime({ binary: binaries('etcd'), processes, proxyUrl: network.proxyUrl }));
  return startOperator({ kube, network, log });
}

/** What the operator's own role allows. */
export const rules: PolicyRule[] = [
  {
    apiGroups: ['etcd-operator.cozystack.io'],
    resources: ['etcdclusters'],
    verbs: ['get', 'list', 'watch', 'update', 'patch'],
  },
  { apiGroups: ['etcd-operator.cozystack.io'], resources: ['etcdclusters/status'], verbs: ['get', 'update', 'patch'] },
  { apiGroups: ['etcd-operator.cozystack.io'], resources: ['etcdclusters/finalizers'], verbs: ['update'] },
  { apiGroups: [''], resources: ['pods'], verbs: ['get', 'list', 'watch', 'create', 'patch', 'delete'] },
  { apiGroups: [''], resources: ['services'], verbs: ['get', 'list', 'watch', 'create', 'patch'] },
  {
    apiGroups: [''],
    resources: ['persistentvolumeclaims'],
    verbs: ['get', 'list', 'watch', 'create', 'patch', 'delete'],
  },
  { apiGroups: [''], resources: ['secrets'], verbs: ['get', 'list', 'watch'] },
  {
    apiGroups: ['policy'],
    resources: ['poddisruptionbudgets'],
    verbs: ['get', 'list', 'watch', 'create', 'patch', 'delete'],
  },
];
