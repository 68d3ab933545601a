import { type Cidr, overlap, parseAddress, parseCidr } from './cidr.ts';
import type { Catalog } from './schema.ts';

/** Services of one cluster: kube-apiserver keeps a bitmap of them and refuses more. */
const MAX_SERVICE_BITS = 20;
/** kube-controller-manager gives each node a /24, or a /64 of IPv6, and knows 65,536 of them. */
const NODE_PREFIX = { 4: 24, 6: 64 } as const;
const MAX_NODE_BITS = 16;

/** What is wrong with the addresses of clusters and platform taken together, each with its path. */
export function wrongAddresses({ network, platform }: Catalog): string[] {
  const pods = parseCidr(network.podCidr);
  const services = parseCidr(network.serviceCidr);
  const dns = parseAddress(network.dnsServiceIp);
  if (!pods || !services || !dns) return [];
  const wrong = [...wrongPods(pods, network.podCidr), ...wrongServices(services, network.serviceCidr)];
  if (pods.family !== services.family) wrong.push('network.serviceCidr: is of another family than network.podCidr');
  if (overlap(pods, services)) wrong.push(`network.serviceCidr: overlaps network.podCidr ${network.podCidr}`);
  // The first address names the network, the second is the API server's Service.
  if (dns.family !== services.family || dns.value <= services.first + 1n || dns.value >= services.last) {
    wrong.push(
      `network.dnsServiceIp: ${network.dnsServiceIp} is no free address of network.serviceCidr ${network.serviceCidr}`,
    );
  }
  platform.ranges.forEach((text, index) => {
    const range = parseCidr(text);
    for (const [name, own] of [
      ['podCidr', pods],
      ['serviceCidr', services],
    ] as const) {
      if (range && overlap(range, own)) wrong.push(`network.${name}: overlaps platform.ranges[${index}] ${text}`);
    }
  });
  return wrong;
}

function wrongPods({ family, prefix }: Cidr, text: string): string[] {
  const bits = NODE_PREFIX[family] - prefix;
  if (bits < 1)
    return [`network.podCidr: ${text} has no room for two nodes, each of which gets a /${NODE_PREFIX[family]}`];
  return bits > MAX_NODE_BITS
    ? [`network.podCidr: ${text} is larger than the ${2 ** MAX_NODE_BITS} node ranges that can be told apart`]
    : [];
}

function wrongServices({ family, prefix }: Cidr, text: string): string[] {
  const bits = (family === 4 ? 32 : 128) - prefix;
  if (bits > MAX_SERVICE_BITS)
    return [`network.serviceCidr: ${text} is larger than the API server takes, 2^${MAX_SERVICE_BITS} addresses`];
  return bits < 4 ? [`network.serviceCidr: ${text} has too few addresses`] : [];
}
