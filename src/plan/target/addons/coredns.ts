import { isObject, type JsonObject } from '../../../base/json.ts';
import { TOPOLOGY_HOST_LABEL, TOPOLOGY_ZONE_LABEL } from '../../../base/labels.ts';
import type { Finding } from '../../finding.ts';
import { release } from './release.ts';
import type { Addon, AddonContext, Values } from './types.ts';

const PATH = 'spec.addons.coredns.valuesOverride';
/** The documentation's own misspelling (D29). */
const MISSPELT = 'corends';
const LABELS = { 'app.kubernetes.io/name': 'coredns', 'app.kubernetes.io/instance': 'coredns' };

/** CoreDNS under the Service name and labels everyone expects, at the address kubelets hand to Pods. */
export const coredns: Addon = {
  key: 'coredns',
  spellings: ['coredns', MISSPELT],
  wanted: () => true,
  releases: (context, override) => ({
    coredns: release(context, 'coredns', { values: values(context), override, essential: true }),
  }),
  findings: misspelt,
};

function misspelt({ request }: AddonContext): Finding[] {
  const given = request.addons.coredns?.valuesOverride;
  if (!isObject(given) || !(MISSPELT in given)) return [];
  return [
    {
      code: 'LegacyField',
      path: `${PATH}.${MISSPELT}`,
      message: 'this is a misspelling of coredns',
      remedy: 'write the values under coredns, or directly under valuesOverride',
    },
  ];
}

function values({ network }: AddonContext): Values {
  return {
    replicaCount: 2,
    isClusterService: true,
    k8sAppLabelOverride: 'kube-dns',
    // Without, the rights to read Services and Endpoints would go to the namespace's default account.
    serviceAccount: { create: true },
    priorityClassName: 'system-cluster-critical',
    service: { name: 'kube-dns', clusterIP: network.dnsServiceIp },
    servers: [server(network.clusterDomain)],
    topologySpreadConstraints: [spread(TOPOLOGY_ZONE_LABEL), spread(TOPOLOGY_HOST_LABEL)],
    podDisruptionBudget: { maxUnavailable: 1 },
  };
}

/** Preferred, not required: with one node left, both replicas must run there. */
function spread(topologyKey: string): JsonObject {
  return {
    maxSkew: 1,
    topologyKey,
    whenUnsatisfiable: 'ScheduleAnyway',
    labelSelector: { matchLabels: { ...LABELS } },
  };
}

function server(domain: string): JsonObject {
  return {
    // Answers too long for UDP come by TCP, which the Service and the Pods only offer when told.
    zones: [{ zone: '.', use_tcp: true }],
    port: 53,
    plugins: [
      { name: 'errors' },
      { name: 'health', configBlock: 'lameduck 5s' },
      { name: 'ready' },
      {
        name: 'kubernetes',
        parameters: `${domain} in-addr.arpa ip6.arpa`,
        configBlock: 'pods insecure\nfallthrough in-addr.arpa ip6.arpa\nttl 30',
      },
      { name: 'prometheus', parameters: '0.0.0.0:9153' },
      { name: 'forward', parameters: '. /etc/resolv.conf' },
      { name: 'cache', parameters: 30 },
      { name: 'loop' },
      { name: 'reload' },
      { name: 'loadbalance' },
    ],
  };
}
