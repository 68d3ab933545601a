import { z } from 'zod';
import { MAX_ZONES } from '../api/limits.ts';
import { CHARTS, chart } from './schema/chart.ts';
import { controlPlane, etcd, presets } from './schema/control-plane.ts';
import { domain } from './schema/domain.ts';
import { imageSupport, images } from './schema/images.ts';
import { ingress } from './schema/ingress.ts';
import { limits } from './schema/limits.ts';
import { loadBalancers } from './schema/load-balancers.ts';
import { gpu, instanceType } from './schema/machine.ts';
import { network } from './schema/network.ts';
import { platform } from './schema/platform.ts';
import { acme, monitoring } from './schema/services.ts';
import { storageClass } from './schema/storage.ts';
import { labelName, objectName, quantity } from './schema/values.ts';
import { minor, version, versionPolicy } from './schema/version.ts';

/** What a platform offers, complete: Hikube's defaults with a platform's own catalogue laid over them. */
export const catalog = z.strictObject({
  zones: z
    .array(z.string().regex(/^[a-z0-9]([-a-z0-9]*[a-z0-9])?$/, 'is not a zone name'))
    .min(1)
    .max(MAX_ZONES),
  versions: z.record(minor, version),
  defaultVersion: z.string(),
  versionPolicy,
  platform,
  instanceTypes: z.record(objectName, instanceType),
  gpus: z.array(gpu),
  storageClasses: z.record(objectName, storageClass),
  defaultStorageClass: z.string(),
  defaultNodeDisk: quantity,
  presets,
  controlPlane,
  etcd,
  network,
  domain,
  ingress,
  loadBalancers,
  charts: z.record(z.enum(CHARTS), chart),
  chartNamespace: labelName,
  images,
  imageSupport,
  acme,
  monitoring,
  limits,
});

export type Catalog = z.infer<typeof catalog>;
export type { CatalogChart, ChartName } from './schema/chart.ts';
export type { CatalogGpu } from './schema/machine.ts';
export type { CatalogVersion } from './schema/version.ts';
