import { z } from 'zod';
import { INGRESS_ENGINES } from '../ingress-engines.ts';
import { MAX_INGRESS_HOSTS } from '../limits.ts';

const valuesOverride = z
  .record(z.string(), z.unknown())
  .meta({ 'x-kubernetes-preserve-unknown-fields': true })
  .describe("Helm values laid over the platform's; they may be nested under the add-on's name or not.");

const enabled = z
  .boolean()
  .default(false)
  .describe('Installs the add-on into the cluster; false installs nothing of it.');

const switchable = (description: string) =>
  z.object({ enabled, valuesOverride: valuesOverride.optional() }).describe(description);
const tunable = (description: string) => z.object({ valuesOverride: valuesOverride.optional() }).describe(description);

/** `spec.addons`. */
export const addons = z
  .object({
    certManager: switchable("Certificates issued and renewed by cert-manager, Let's Encrypt included.").optional(),
    ingressNginx: z
      .object({
        enabled,
        exposeMethod: z
          .enum(['Proxied', 'LoadBalancer'])
          .optional()
          .describe(
            "How traffic arrives: through the tenant's shared ingress (Proxied, with hosts) or an address of its own (LoadBalancer).",
          ),
        engine: z
          .enum(INGRESS_ENGINES)
          .optional()
          .describe(
            'Program behind the class: `nginx` (ingress-nginx, frozen upstream) or `traefik`, which reads the same Ingress objects. Absent: the one that runs, in a new cluster the platform’s.',
          ),
        hosts: z
          .array(z.string().min(1).max(253))
          .max(MAX_INGRESS_HOSTS)
          .optional()
          .describe(
            'Host names that the shared ingress passes to this cluster when Proxied; none of them the name of its API.',
          ),
        valuesOverride: valuesOverride.optional(),
      })
      .describe('Ingress controller with class `nginx`.')
      .optional(),
    fluxcd: switchable('Flux, for GitOps inside the cluster.').optional(),
    monitoringAgents: switchable(
      'Fluent Bit, node exporter and kube-state-metrics, wired to the tenant monitoring stack.',
    ).optional(),
    gpuOperator: z
      .object({
        enabled: z
          .boolean()
          .optional()
          .describe('Installs the NVIDIA GPU operator; absent means: as soon as a node group has GPUs.'),
        valuesOverride: valuesOverride.optional(),
      })
      .describe('NVIDIA GPU operator: driver, toolkit, device plugin and metrics.')
      .optional(),
    gatewayAPI: z
      .object({ enabled })
      .describe('Gateway API resource definitions and the Cilium gateway controller.')
      .optional(),
    velero: switchable('Velero, for backups to an S3 bucket.').optional(),
    verticalPodAutoscaler: tunable('Vertical pod autoscaler; installed when this block is given.').optional(),
    cilium: tunable('Values for Cilium, the network of the cluster; always installed.').optional(),
    coredns: tunable('Values for CoreDNS; always installed.').optional(),
  })
  .describe('Add-ons installed into the cluster.');
export type Addons = z.infer<typeof addons>;
