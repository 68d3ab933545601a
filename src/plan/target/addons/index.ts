import type { AddonsSpec, Release } from '../../../api/parts/addons.ts';
import type { Finding } from '../../finding.ts';
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
import { addonOverride, switchOf } from './override.ts';
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

export interface AddonPlan {
  /** Releases of one cluster by name. */
  releases: Record<string, Release>;
  record: Partial<AddonsSpec>;
  /** Releases nobody switched off, which nothing needs any more. */
  unneeded: string[];
  findings: Finding[];
}

/** The releases of one cluster: switch, spellings and override of each add-on are read here, once. */
export function addonReleases(context: AddonContext): AddonPlan {
  const plan: AddonPlan = { releases: {}, record: {}, unneeded: [], findings: [] };
  for (const addon of addons) {
    const asked = switchOf(context, addon.key);
    if (addon.wanted?.(context) ?? asked ?? false) {
      const override = addonOverride(context, addon);
      Object.assign(plan.releases, addon.releases(context, override.values));
      Object.assign(plan.record, addon.record?.(context));
      plan.findings.push(...override.findings);
    } else if (asked !== false) plan.unneeded.push(...(addon.outlives ?? []));
    plan.findings.push(...(addon.findings?.(context) ?? []));
  }
  plan.findings.push(...systemNodes(context, plan.releases));
  return plan;
}
