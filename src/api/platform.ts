import { z } from 'zod';
import { partStatus } from './parts/common.ts';

const names = z.array(z.string()).max(256);

/** Objects of a platform by the catalogue's names. */
const removable = z.object({
  storageClasses: names.optional().describe('Storage classes.'),
  instanceTypes: names.optional().describe('Instance types.'),
  chartSources: names.optional().describe('Flux sources of charts.'),
});
export type Removable = z.infer<typeof removable>;

/** `HikubePlatform.spec`: one per platform; what it renders comes from the same catalogue as the clusters. */
export const platformSpec = z
  .object({
    storagePools: z
      .object({
        replicated: z.string().min(1).default('data').describe('LINSTOR pool of the replicated classes.'),
        local: z.string().min(1).default('data').describe('LINSTOR pool of the local class.'),
      })
      .prefault({})
      .describe('LINSTOR storage pools.'),
    mirrors: z
      .record(z.string(), z.string())
      .meta({ maxProperties: 32 })
      .default({})
      .describe('Chart mirrors: the longest matching URL prefix is replaced.'),
    storageClasses: z.boolean().default(true).describe('Render the storage classes of the catalogue.'),
    instanceTypes: z.boolean().default(true).describe('Render the instance types of the catalogue.'),
    chartSources: z.boolean().default(true).describe('Render the Flux sources of the charts.'),
    remove: removable
      .optional()
      .describe(
        'What to delete of that which the catalogue and the switches no longer render; all else that exists stays.',
      ),
  })
  .describe('Storage pools, mirrors and switches of a platform.');
export type PlatformSpec = z.infer<typeof platformSpec>;

export const platformStatus = partStatus
  .extend({
    kept: removable
      .optional()
      .describe('What is no longer rendered, but stays because clusters may use it, until spec.remove names it.'),
    loadBalancers: z
      .object({
        annotations: names.describe('Annotations they may carry; an ending * stands for anything.'),
        addresses: names.describe('Ranges of the addresses they may request.'),
      })
      .optional()
      .describe("What tenants' load balancer Services may ask of the platform, from the catalogue; a policy reads it."),
  })
  .describe('State of the platform objects.');
export type PlatformStatus = z.infer<typeof platformStatus>;
