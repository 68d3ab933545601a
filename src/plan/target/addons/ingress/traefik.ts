import { merged } from '../release.ts';
import type { AddonContext, Values } from '../types.ts';
import { namesIn, podsOf, releaseOf, type Slot } from './engine.ts';
import { placementOf } from './placement.ts';
import { translated } from './translate.ts';

/**
 * Values of Traefik: it reads the Ingresses of the class with the annotations of ingress-nginx, and nothing else. What a
 * tenant gave for ingress-nginx is translated where Traefik has the like; what stands under `traefik` is the chart's own.
 */
export function traefikValues(context: AddonContext, slot: Slot, turn: number, given: Values, native: Values): Values {
  const values = merged(own(context, slot, given), translated(given).values);
  return merged(merged(values, native), forced(context, slot, turn, given));
}

function own(context: AddonContext, slot: Slot, given: Values): Values {
  return {
    deployment: { kind: 'Deployment', replicas: 2 },
    podDisruptionBudget: { enabled: true, maxUnavailable: 1 },
    metrics: { prometheus: { service: { enabled: true } } },
    global: { checkNewVersion: false },
    ...placementOf(context, podsOf({ engine: 'traefik', slot }, given).selector),
  };
}

/** Names, class, Service and where Ingresses are read: what makes it the cluster's ingress. */
function forced(context: AddonContext, slot: Slot, turn: number, given: Values): Values {
  const { controller, className, controllerClass } = namesIn(given);
  const release = releaseOf({ engine: 'traefik', slot });
  return {
    fullnameOverride: slot === 'main' ? controller : release,
    instanceLabelOverride: release,
    // The Service finds the Pods by the chart's name.
    nameOverride: 'traefik',
    namespaceOverride: '',
    deployment: { enabled: true, kind: 'Deployment', annotations: { 'hikube.cloud/turn': String(turn) } },
    // Both belong to the release that holds them whichever engine runs.
    ingressClass: { enabled: false },
    service: { enabled: false },
    providers: {
      kubernetesCRD: { enabled: false },
      kubernetesIngress: { enabled: false },
      kubernetesIngressNGINX: {
        enabled: true,
        ingressClass: className,
        controllerClass,
        // Two engines that write the address of one Ingress would overwrite each other for ever.
        publishService: {
          enabled: slot === 'main',
          pathOverride: `${context.catalog.charts['ingress-nginx'].namespace}/${controller}`,
        },
      },
    },
  };
}
