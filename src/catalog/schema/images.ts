import { z } from 'zod';
import { image } from './values.ts';

/** Programs that run beside a control plane and in the tenant's cluster without a chart of their own. */
export const images = z.strictObject({
  cloudControllerManager: image,
  csiDriver: image,
  csiProvisioner: image,
  csiAttacher: image,
  csiResizer: image,
  csiLivenessProbe: image,
  csiNodeDriverRegistrar: image,
  waitForKubeconfig: image,
});
