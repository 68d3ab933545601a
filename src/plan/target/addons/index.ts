import type { AddonsSpec, Release } from '../../../api/parts/addons.ts';
import type { Problem } from '../../finding.ts';
import { certManager } from './cert-manager.ts';
import { cilium } from './cilium.ts';
import { coredns } from './coredns.ts';
import { csi } from './csi.ts';
import { fluxcd } from './fluxcd.ts';
import { gatewayApi } from './gateway-api.ts';
import { gpuOperator } from './gpu-operator.ts';
import { ingressNginx } from './ingress/index.ts';
import { metricsServer } from './metrics-server.ts';
import { monitoringAgents } from './monitoring-agents.ts';
import { systemNodes } from './system-nodes.ts';
import type { Addon, AddonContext } from './types.ts';
import { velero } from './velero.ts';
import { verticalPodAutoscaler } from './vertical-pod-autoscaler.ts';

/** Every add-on this project knows: the first ones are part of each cluster, the others are asked for. */
const addons: readonly Addon[] = [
  gatewayApi,
  cilium,
  coredns,
  csi,
  metricsServer,
  certManager,
  ingressNginx,
  fluxcd,
  monitoringAgents,
  gpuOperator,
  velero,
  verticalPodAutoscaler,
];

/** Releases of one cluster by name, and what is odd about how its add-ons are asked for. */
export function addonReleases(context: AddonContext): {
  releases: Record<string, Release>;
  record: Partial<AddonsSpec>;
  warnings: Problem[];
} {
  const releases: Record<string, Release> = {};
  const record: Partial<AddonsSpec> = {};
  const warnings: Problem[] = [];
  for (const addon of addons) {
    Object.assign(releases, addon.releases(context));
    Object.assign(record, addon.record?.(context));
    warnings.push(...(addon.warnings?.(context) ?? []));
  }
  warnings.push(...systemNodes(context, releases));
  return { releases, record, warnings };
}
