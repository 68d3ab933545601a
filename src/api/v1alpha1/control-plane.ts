import { z } from 'zod';
import { MAX_API_SERVERS } from '../limits.ts';
import { componentSize } from './resources.ts';

const konnectivity = z
  .object({ server: componentSize.optional() })
  .describe('The tunnel through which the API server reaches the nodes.');

/** `spec.controlPlane` (D10 for the default of replicas). */
export const controlPlane = z
  .object({
    replicas: z
      .int()
      .min(1)
      .max(MAX_API_SERVERS)
      .default(3)
      .describe(
        'API server replicas, spread over the zones. 3 gives one in each datacenter; 1 is accepted with a warning.',
      ),
    apiServer: componentSize.optional().describe('Size of each API server.'),
    controllerManager: componentSize.optional().describe('Size of each controller manager.'),
    scheduler: componentSize.optional().describe('Size of each scheduler.'),
    konnectivity: konnectivity.optional(),
  })
  .describe('The hosted control plane.');

/** `spec.kamajiControlPlane`: the legacy spelling, folded into `controlPlane` (D13). */
export const kamajiControlPlane = z
  .object({
    apiServer: componentSize.optional().describe('Legacy: use controlPlane.apiServer.'),
    controllerManager: componentSize.optional().describe('Legacy: use controlPlane.controllerManager.'),
    scheduler: componentSize.optional().describe('Legacy: use controlPlane.scheduler.'),
    addons: z
      .object({ konnectivity: konnectivity.optional() })
      .optional()
      .describe('Legacy: use controlPlane.konnectivity.'),
  })
  .describe('Legacy spelling of controlPlane sizes; where both are given, controlPlane wins.');
