/** Programs that can serve a cluster's Ingresses: claim, catalogue and plan choose among these. */
export const INGRESS_ENGINES = ['nginx', 'traefik'] as const;
export type IngressEngine = (typeof INGRESS_ENGINES)[number];
