import { z } from 'zod';
import { INGRESS_ENGINES } from '../ingress-engines.ts';
import { partBase, partStatus } from './common.ts';

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

const placedEngine = z.object({
  engine: z.enum(INGRESS_ENGINES).describe('Engine.'),
  turn: z.int().min(0).describe('Turn in which it was brought up.'),
});
const slot = z.enum(['main', 'bridge']);

/** How far the cluster is in changing its ingress engine; absent as long as the chart of ingress-nginx owns everything. */
const ingressHandover = z
  .object({
    service: z.enum(['chart', 'kept', 'nobody', 'front']).describe('Who owns the class and the Service.'),
    main: placedEngine.optional().describe('Engine under the documented name.'),
    bridge: placedEngine.optional().describe('Engine beside it while the engine is changed.'),
    serving: z
      .object({ slot: slot.describe('Slot.'), turn: z.int().min(0).describe('Turn in which it got the traffic.') })
      .describe('Which of the two takes the traffic.'),
    turn: z.int().min(0).describe('Times an engine was brought up or traffic was moved.'),
  })
  .describe('How far the cluster is in changing its ingress engine.');

/** `HikubeAddons.spec`: the releases of one cluster by add-on name. */
export const addonsSpec = z
  .object({
    ...partBase,
    releases: z.record(z.string(), release).describe('Releases by add-on name.'),
    ingress: ingressHandover.optional(),
  })
  .describe('Resolved add-ons of one cluster.');
export type AddonsSpec = z.infer<typeof addonsSpec>;

export const addonsStatus = partStatus
  .extend({
    releases: z
      .record(
        z.string(),
        z.object({
          version: z.string().optional().describe('Chart version installed.'),
          state: z.string().describe('Ready, Progressing, Failed or Removing.'),
          values: z
            .string()
            .optional()
            .describe('Fingerprint of the values it was judged with, where steps wait for it.'),
          message: z.string().optional().describe('What it waits for.'),
        }),
      )
      .optional()
      .describe('Releases by add-on name.'),
  })
  .describe('State of the add-ons.');
export type AddonsStatus = z.infer<typeof addonsStatus>;
