/** What the objects of `HikubeControlPlane` are composed as. */
export const CONTROL_PLANE = {
  cluster: 'cluster',
  controlPlane: 'control-plane',
  infrastructure: 'infrastructure',
  apiServerAccount: 'api-server-service-account',
  apiServerBudget: 'api-server-disruption-budget',
  apiIngress: 'api-ingress',
  ingressService: 'ingress-service',
  ingressTls: 'ingress-tls',
  ingressAcme: 'ingress-acme',
} as const;

/**
 * What the objects of a program beside the control plane are composed as; its Deployment goes by the program's own
 * name.
 */
export const COMPONENT = {
  account: (program: string) => `${program}-service-account`,
  roleBinding: (program: string) => `${program}-role-binding`,
  config: (program: string) => `${program}-config`,
} as const;
