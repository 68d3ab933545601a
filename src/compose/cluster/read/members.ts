import { isObject, listAt, stringAt } from '../../../base/json.ts';
import { TOPOLOGY_ZONE_LABEL } from '../../../base/labels.ts';
import { type ClusterId, names } from '../../../base/names.ts';
import type { KubeObject } from '../../../base/object.ts';
import type { Catalog } from '../../../catalog/index.ts';
import type { Member, ObservedCluster } from '../../../plan/observed.ts';
import { apiServerPods } from '../../../render/control-plane/api-server.ts';
import { ETCD_MEMBER_LABEL } from '../../../render/etcd/cluster.ts';
import type { ComposeInput, MatchLabels, Requirement } from '../../types.ts';

/** The Pods by which a lost zone is known. They belong to Kamaji and to etcd's operator, so nobody here composes them. */
export function memberRequirements(
  { cluster, observed }: { cluster: ClusterId; observed: ObservedCluster },
  { platform }: Catalog,
): [string, Requirement][] {
  if (!platform.watchPods || !observed.controlPlane) return [];
  const { namespace } = cluster;
  const pods = (matchLabels: MatchLabels) => ({ apiVersion: 'v1', kind: 'Pod', namespace, matchLabels });
  return [
    ['api-server-pods', pods(apiServerPods(cluster))],
    ['etcd-pods', pods({ [ETCD_MEMBER_LABEL]: names.etcd(cluster) })],
  ];
}

/**
 * API servers and etcd members by zone, or undefined before Crossplane has looked. A Pod carries its node's zone since
 * Kubernetes 1.35; one without it says nothing about any zone.
 */
export function membersOf({ required }: ComposeInput): Member[] | undefined {
  const [apiServers, etcd] = [required.get('api-server-pods'), required.get('etcd-pods')];
  if (!apiServers || !etcd) return undefined;
  return [...apiServers, ...etcd].flatMap(memberOf);
}

function memberOf(pod: KubeObject): Member[] {
  const zone = pod.metadata.labels?.[TOPOLOGY_ZONE_LABEL];
  const phase = stringAt(pod, 'status', 'phase');
  if (zone === undefined || phase === 'Succeeded' || phase === 'Failed') return [];
  const condition = listAt(pod, 'status', 'conditions').find(entry => isObject(entry) && entry.type === 'Ready');
  const since = stringAt(condition, 'lastTransitionTime') ?? stringAt(pod, 'metadata', 'creationTimestamp');
  const time = new Date(since ?? '');
  if (Number.isNaN(time.getTime())) return [];
  return [{ zone, ready: stringAt(condition, 'status') === 'True', since: time }];
}
