import type { Release } from '../../../api/parts/addons.ts';
import { at } from '../../../base/json.ts';
import type { Finding } from '../../finding.ts';
import type { GroupRequest } from '../../request/request.ts';
import type { AddonContext } from './types.ts';

/**
 * Programs of the releases that run anywhere rather than everywhere, and the values that would let them onto nodes with
 * taints. The network is not among them: all it needs tolerates everything.
 */
const ANYWHERE: Record<string, string[][]> = {
  coredns: [['tolerations']],
  'metrics-server': [['tolerations']],
  'cert-manager': [['tolerations'], ['webhook', 'tolerations'], ['cainjector', 'tolerations']],
  'ingress-nginx': [['controller', 'tolerations']],
  'ingress-traefik': [['tolerations']],
  fluxcd: [
    ['sourceController', 'tolerations'],
    ['kustomizeController', 'tolerations'],
    ['helmController', 'tolerations'],
  ],
  'kube-state-metrics': [['tolerations']],
  'gpu-operator': [['operator', 'tolerations']],
  velero: [['tolerations']],
  'vertical-pod-autoscaler': [['recommender', 'tolerations']],
};

/** System Pods need a node without taints: a cluster that has none, and will get none, is told what stays Pending. */
export function systemNodes({ request }: AddonContext, releases: Record<string, Release>): Finding[] {
  const groups = Object.values(request.groups);
  if (groups.length === 0 || groups.some(group => !keepsOff(group) && group.max > 0)) return [];
  const pending = Object.keys(releases)
    .filter(name => ANYWHERE[name]?.some(path => !given(at(releases[name]?.values, ...path))))
    .sort();
  if (pending.length === 0) return [];
  const why = groups.every(keepsOff)
    ? 'every node group has taints'
    : 'the only node groups without taints have maxReplicas: 0';
  return [
    {
      code: 'NoNodeForSystemPods',
      path: 'spec.nodeGroups',
      message: `${why}, so these stay Pending: ${pending.join(', ')}`,
      remedy: 'add a node group without taints, for example minReplicas: 1, or give them tolerations by valuesOverride',
    },
  ];
}

/** PreferNoSchedule is a wish; the other effects keep Pods off. */
function keepsOff(group: GroupRequest): boolean {
  return group.taints.some(({ effect }) => effect !== 'PreferNoSchedule');
}

function given(tolerations: unknown): boolean {
  return Array.isArray(tolerations) && tolerations.length > 0;
}
