import { z } from 'zod';
import { size } from '../../api/children/common.ts';
import { PRESETS } from '../../api/claim/resources.ts';
import { quantity } from './values.ts';

export const presets = z.record(z.enum(PRESETS), size);

/** Presets of the control plane's parts where a claim names none. */
export const controlPlane = z.strictObject({
  apiServer: z.enum(PRESETS),
  controllerManager: z.enum(PRESETS),
  scheduler: z.enum(PRESETS),
  konnectivity: z.enum(PRESETS),
});

export const etcd = z.strictObject({
  version: z.string().regex(/^\d+\.\d+\.\d+$/),
  size: quantity,
  storageClass: z.string(),
  resources: size,
});
