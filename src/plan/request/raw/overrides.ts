import type { Addons } from '../../../api/v1alpha1/addons.ts';
import { at, isObject, type JsonObject } from '../../../base/json.ts';
import type { ChartName } from '../../../catalog/index.ts';

/** A `valuesOverride` as written. */
export interface RawOverride {
  path: string;
  values: JsonObject;
  /** Charts whose values it may reach. */
  charts: readonly ChartName[];
}

/** Every override of a spec, in a stable order; only add-ons that exist are looked at. */
export function rawOverrides(spec: unknown): RawOverride[] {
  return Object.entries(CHARTS_OF).flatMap(([addon, charts]) => {
    const values = at(spec, 'addons', addon, 'valuesOverride');
    return isObject(values) ? [{ path: `spec.addons.${addon}.valuesOverride`, values, charts }] : [];
  });
}

/** Add-ons that take an override. */
type Overridable = {
  [Addon in keyof Addons]-?: NonNullable<Addons[Addon]> extends { valuesOverride?: unknown } ? Addon : never;
}[keyof Addons];

const CHARTS_OF: Record<Overridable, readonly ChartName[]> = {
  certManager: ['cert-manager'],
  cilium: ['cilium'],
  coredns: ['coredns'],
  fluxcd: ['fluxcd'],
  gpuOperator: ['gpu-operator'],
  ingressNginx: ['ingress-nginx', 'traefik'],
  // The values of the GPU operator's exporter are documented here too (D31).
  monitoringAgents: ['fluent-bit', 'node-exporter', 'kube-state-metrics', 'gpu-operator'],
  velero: ['velero'],
  verticalPodAutoscaler: ['vertical-pod-autoscaler'],
};
