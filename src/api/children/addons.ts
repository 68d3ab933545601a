import { z } from 'zod';
import { childBase, childStatus } from './common.ts';

/** Where a chart comes from: an OCI repository, or a chart of a Helm repository. */
export const chartSource = z.object({
  kind: z.enum(['OCIRepository', 'HelmRepository']).describe('Kind of the Flux source.'),
  name: z.string().describe('Name of the Flux source.'),
  namespace: z.string().describe('Namespace of the Flux source.'),
  chart: z.string().describe('Chart name.'),
  version: z.string().describe('Chart version.'),
});

/** One release into the tenant cluster. */
export const release = z.object({
  source: chartSource.describe('Chart.'),
  namespace: z.string().describe('Namespace in the tenant cluster.'),
  dependsOn: z.array(z.string()).max(16).describe('Releases that must be ready before.'),
  essential: z.boolean().describe('Network or storage of the cluster: never uninstalled to recover from a failure.'),
  wait: z
    .boolean()
    .optional()
    .describe('False for objects that others bring to life, whenever that is: the release is ready once they exist.'),
  values: z
    .record(z.string(), z.unknown())
    .meta({ 'x-kubernetes-preserve-unknown-fields': true })
    .describe('Helm values.'),
});
export type Release = z.infer<typeof release>;

/** `HikubeAddons.spec`: the releases of one cluster by add-on name. */
export const addonsSpec = z
  .object({
    ...childBase,
    releases: z.record(z.string(), release).describe('Releases by add-on name.'),
  })
  .describe('Resolved add-ons of one cluster.');
export type AddonsSpec = z.infer<typeof addonsSpec>;

export const addonsStatus = childStatus
  .extend({
    releases: z
      .record(
        z.string(),
        z.object({
          version: z.string().optional().describe('Chart version installed.'),
          state: z.string().describe('Ready, Progressing or Failed.'),
          message: z.string().optional().describe('What it waits for.'),
        }),
      )
      .optional()
      .describe('Releases by add-on name.'),
  })
  .describe('State of the add-ons.');
export type AddonsStatus = z.infer<typeof addonsStatus>;
