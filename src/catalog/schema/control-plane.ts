import { z } from 'zod';
import { PRESETS } from '../../api/v1alpha1/resources.ts';
import { amount, objectName, quantity } from './values.ts';

export const presets = z.record(z.enum(PRESETS), amount);

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
  storageClass: objectName,
  resources: amount,
});
