import { EVERY_NODE } from './every-node.ts';
import { fewestNodes } from './groups.ts';
import { release } from './release.ts';
import type { Addon, AddonContext, Values } from './types.ts';

/** Packets of the cluster travel inside packets of the platform's network, which leaves this much room. */
const MTU = 1350;

/** Cilium, the network of every cluster; it replaces kube-proxy. */
export const cilium: Addon = {
  key: 'cilium',
  spellings: ['cilium'],
  wanted: () => true,
  releases(context, override) {
    const gateway = gatewayIsOn(context);
    return {
      cilium: release(context, 'cilium', {
        values: values(context, gateway),
        override,
        dependsOn: gateway ? ['gateway-api'] : [],
        essential: true,
      }),
    };
  },
};

/** Whether the Gateway API is asked for. */
export function gatewayIsOn({ request }: AddonContext): boolean {
  return request.addons.gatewayAPI?.enabled ?? false;
}

function values({ cluster, ...context }: AddonContext, gateway: boolean): Values {
  return {
    // The API server's Service address only works once Cilium does, so Cilium goes by the platform's own address.
    k8sServiceHost: `${cluster.name}.${cluster.namespace}.svc`,
    k8sServicePort: 6443,
    kubeProxyReplacement: true,
    // The controller manager gives each node its part of the Pod addresses.
    ipam: { mode: 'kubernetes' },
    routingMode: 'tunnel',
    tunnelProtocol: 'vxlan',
    // Not the standard port: the platform's network may use that one for itself.
    tunnelPort: 8473,
    MTU,
    tolerations: EVERY_NODE,
    // Agents, operator, Envoy and Hubble read their configuration at the start alone.
    rollOutCiliumPods: true,
    hubble: {
      enabled: true,
      // The chart's own certificates last a year; a job in the cluster renews them.
      tls: { auto: { method: 'cronJob' } },
      // Off unless asked for; the release, for which everything else waits, must not wait for a node without taints.
      relay: { rollOutPods: true, tolerations: EVERY_NODE },
      ui: { rollOutPods: true, tolerations: EVERY_NODE },
    },
    certgen: { tolerations: EVERY_NODE },
    envoy: { enabled: gateway, rollOutPods: true, tolerations: EVERY_NODE },
    operator: {
      // Two operators never share a node.
      replicas: fewestNodes({ cluster, ...context }) >= 2 ? 2 : 1,
      rollOutPods: true,
      tolerations: EVERY_NODE,
    },
    // Takes effect once a tenant switches encryption on; the chart's own type waits for a Secret nobody makes.
    encryption: { type: 'wireguard' },
    ...(gateway ? { gatewayAPI: { enabled: true, enableAlpn: true } } : {}),
  };
}
