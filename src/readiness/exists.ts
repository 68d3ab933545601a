import { HOST_RESERVATION_KIND, PART_API_VERSION } from '../api/group.ts';
import { ready } from './conditions.ts';
import type { ReadinessRule } from './types.ts';

/** A rule for a kind that has no state of its own: once it is there, it does its work. */
export function exists(apiVersion: string, kind: string): ReadinessRule {
  return { apiVersion, kind, check: () => ready, readyStatus: () => undefined };
}

/**
 * Kinds that are ready by existing. A Usage is among them because it waits for both of its ends, which must not hold
 * up the cluster; an Ingress because whether its controller publishes an address is the platform's choice.
 */
export const existing: ReadinessRule[] = [
  exists('v1', 'ConfigMap'),
  exists('v1', 'Namespace'),
  exists('v1', 'Secret'),
  exists('v1', 'Service'),
  exists('v1', 'ServiceAccount'),
  exists('rbac.authorization.k8s.io/v1', 'Role'),
  exists('rbac.authorization.k8s.io/v1', 'RoleBinding'),
  exists('policy/v1', 'PodDisruptionBudget'),
  exists('storage.k8s.io/v1', 'StorageClass'),
  exists('networking.k8s.io/v1', 'Ingress'),
  exists('cluster.x-k8s.io/v1beta2', 'MachineHealthCheck'),
  exists('infrastructure.cluster.x-k8s.io/v1alpha1', 'KubevirtMachineTemplate'),
  exists('bootstrap.cluster.x-k8s.io/v1beta2', 'KubeadmConfigTemplate'),
  exists('instancetype.kubevirt.io/v1', 'VirtualMachineClusterInstancetype'),
  exists('instancetype.kubevirt.io/v1beta1', 'VirtualMachineClusterInstancetype'),
  exists('protection.crossplane.io/v1beta1', 'Usage'),
  exists('protection.crossplane.io/v1beta1', 'ClusterUsage'),
  exists(PART_API_VERSION, HOST_RESERVATION_KIND),
];
