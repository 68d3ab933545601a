import { z } from 'zod';
import { image } from './values.ts';
import { minorRange } from './version.ts';

/** Programs that run beside a control plane and in the tenant's cluster without a chart of their own. */
export const IMAGES = [
  'cloudControllerManager',
  'csiDriver',
  'csiProvisioner',
  'csiAttacher',
  'csiResizer',
  'csiLivenessProbe',
  'csiNodeDriverRegistrar',
  'waitForKubeconfig',
] as const;

export const images = z.record(z.enum(IMAGES), image);

/** Kubernetes minors these programs, and etcd, work with; what is not listed works with all. */
export const imageSupport = z.partialRecord(z.enum([...IMAGES, 'etcd']), minorRange);
