import { z } from 'zod';

export const chart = z.strictObject({
  kind: z.enum(['OCIRepository', 'HelmRepository']),
  /** OCI address of the chart, or address of the Helm repository that holds it. */
  url: z.string().regex(/^(oci|https):\/\//, 'is not an oci:// or https:// address'),
  chart: z.string().min(1),
  version: z.string().min(1),
  /** Namespace of the release in the tenant cluster (reference D32). */
  namespace: z.string().min(1),
  /** Lets tenants write Helm template actions into the chart's values, which the shared helm-controller then runs. */
  templates: z.literal(true).optional(),
});
export type CatalogChart = z.infer<typeof chart>;

/** Charts by name; the add-ons refer to these names. */
export const CHARTS = [
  'cilium',
  'coredns',
  'csi',
  'metrics-server',
  'cert-manager',
  'ingress-nginx',
  'fluxcd',
  'fluent-bit',
  'node-exporter',
  'kube-state-metrics',
  'gpu-operator',
  'gateway-api',
  'velero',
  'vertical-pod-autoscaler',
] as const;
export type ChartName = (typeof CHARTS)[number];
