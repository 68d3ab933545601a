import { z } from 'zod';
import { addressing, size } from '../api/children/common.ts';
import { PRESETS } from '../api/claim/resources.ts';
import { parseQuantity } from '../api/quantity.ts';

const quantity = z.string().refine(text => parseQuantity(text) !== undefined, 'is not a quantity such as 500m or 8Gi');
const image = z
  .string()
  .regex(/^[^\s:]+(:\d+)?(\/[^\s:@]+)+(:[\w.-]+|@sha256:[0-9a-f]{64})$/, 'is not an image with a tag or digest');

const version = z.strictObject({
  patch: z.string().regex(/^v1\.\d+\.\d+$/, 'is not of the form v1.34.4'),
  nodeImage: image,
  /** Where the tunnel version Kamaji derives from Kubernetes was never published. */
  konnectivity: z.string().optional(),
  autoscaler: image,
});

const instanceType = z.strictObject({ cpu: z.int().min(1).max(512), memory: quantity });

const gpu = z.strictObject({
  /** Device name on the platform, the canonical spelling. */
  device: z.string().min(1),
  /** Value of the node label gpu-type. */
  model: z.string().min(1),
  aliases: z.array(z.string().min(1)).default([]),
  /** Zones that have it; absent means all. */
  zones: z.array(z.string()).min(1).optional(),
});

const storageClass = z.strictObject({
  replication: z.enum(['none', 'synchronous', 'asynchronous']),
  copies: z.int().min(1).max(8),
});

const chart = z.strictObject({
  kind: z.enum(['OCIRepository', 'HelmRepository']),
  /** OCI address of the chart, or address of the Helm repository that holds it. */
  url: z.string().regex(/^(oci|https):\/\//, 'is not an oci:// or https:// address'),
  chart: z.string().min(1),
  version: z.string().min(1),
  /** Namespace of the release in the tenant cluster (reference D32). */
  namespace: z.string().min(1),
});

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

/** What a platform offers, complete: Hikube's defaults with a platform's own catalogue laid over them. */
export const catalog = z.strictObject({
  zones: z
    .array(z.string().regex(/^[a-z0-9]([-a-z0-9]*[a-z0-9])?$/, 'is not a zone name'))
    .min(1)
    .max(8),
  versions: z.record(z.string().regex(/^v1\.\d+$/, 'is not a minor version such as v1.34'), version),
  defaultVersion: z.string(),
  instanceTypes: z.record(z.string(), instanceType),
  gpus: z.array(gpu),
  storageClasses: z.record(z.string(), storageClass),
  defaultStorageClass: z.string(),
  presets: z.record(z.enum(PRESETS), size),
  controlPlane: z.strictObject({
    apiServer: z.enum(PRESETS),
    controllerManager: z.enum(PRESETS),
    scheduler: z.enum(PRESETS),
    konnectivity: z.enum(PRESETS),
  }),
  etcd: z.strictObject({
    version: z.string().regex(/^\d+\.\d+\.\d+$/),
    size: quantity,
    storageClass: z.string(),
    resources: size,
  }),
  network: addressing.strict(),
  domain: z.strictObject({
    /** Suffix of default API host names. */
    suffix: z.string().min(1),
    /** Suffixes tenants' own host names must have; empty means any host. */
    allowed: z.array(z.string()),
    ingressClass: z.string().min(1),
  }),
  charts: z.record(z.enum(CHARTS), chart),
  chartNamespace: z.string().min(1),
  images: z.strictObject({
    cloudControllerManager: image,
    csiDriver: image,
    csiProvisioner: image,
    csiAttacher: image,
    csiResizer: image,
    csiLivenessProbe: image,
    csiNodeDriverRegistrar: image,
    waitForKubeconfig: image,
  }),
  acme: z.strictObject({ email: z.string(), server: z.string() }),
  monitoring: z.strictObject({
    /** Where Fluent Bit sends logs; `{namespace}` is the tenant's namespace. */
    logsHost: z.string().min(1),
    logsPort: z.int(),
  }),
});

export type Catalog = z.infer<typeof catalog>;
export type CatalogVersion = z.infer<typeof version>;
export type CatalogGpu = z.infer<typeof gpu>;
export type CatalogChart = z.infer<typeof chart>;
