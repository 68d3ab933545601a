import type { ClusterSpec } from '../../api/v1alpha1/cluster.ts';

/** How traffic reaches the ingress controller; with hosts and nothing said, through the shared ingress (reference 4.7). */
export function exposeMethod(spec: ClusterSpec): 'Proxied' | 'LoadBalancer' {
  const asked = spec.addons.ingressNginx;
  return asked?.exposeMethod ?? ((asked?.hosts ?? []).length > 0 ? 'Proxied' : 'LoadBalancer');
}
