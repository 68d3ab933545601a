import type { Catalog } from '../schema.ts';

/** What kubectl, Helm, Kustomize and Argo CD write on everything they apply; none of it is an order to the platform. */
export const loadBalancers: Catalog['loadBalancers'] = {
  annotations: [
    'app.kubernetes.io/*',
    'argocd.argoproj.io/*',
    'config.kubernetes.io/*',
    'helm.sh/*',
    'kubectl.kubernetes.io/*',
    'kustomize.toolkit.fluxcd.io/*',
    'meta.helm.sh/*',
  ],
  addresses: [],
};
