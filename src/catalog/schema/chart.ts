import { z } from 'zod';
import { chartUrl, exactVersion, labelName } from './values.ts';
import { minorRange } from './version.ts';

/** Charts by name; the add-ons refer to these names. */
export const CHARTS = [
  'cilium',
  'coredns',
  'csi',
  'metrics-server',
  'cert-manager',
  'ingress-nginx',
  'traefik',
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

/** What one version of a chart runs on. */
const supports = {
  /** Kubernetes minors; absent: all. */
  kubernetes: minorRange.optional(),
  /** Other charts it needs in certain versions, by the beginning of the version: `cilium: '1.19'` is any 1.19. */
  goesWith: z
    .partialRecord(z.enum(CHARTS), z.string().regex(/^v?\d+(\.\d+)*$/, 'is not a version such as 1.19'))
    .optional(),
};

export const chart = z.strictObject({
  kind: z.enum(['OCIRepository', 'HelmRepository']),
  /** OCI address of the chart, or address of the Helm repository that holds it. */
  url: chartUrl,
  chart: z.string().regex(/^[a-z0-9][-a-z0-9._]*$/, 'is not the name of a chart'),
  version: exactVersion,
  ...supports,
  /** Versions for clusters `version` does not run on, newest first. */
  versions: z.array(z.strictObject({ version: exactVersion, ...supports })).optional(),
  /** Namespace of the release in the tenant cluster (D32). */
  namespace: labelName,
  /** Lets tenants write Helm template actions into the chart's values, which the shared helm-controller then runs. */
  templates: z.literal(true).optional(),
});
export type CatalogChart = z.infer<typeof chart>;
