import { z } from 'zod';
import { childStatus } from './common.ts';

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
  })
  .describe('Storage pools, mirrors and switches of a platform.');
export type PlatformSpec = z.infer<typeof platformSpec>;

export const platformStatus = childStatus;
