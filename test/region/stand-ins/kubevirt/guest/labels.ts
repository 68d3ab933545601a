/**
 * Refuses node labels a kubelet may not give itself; the kubelet ends with this very complaint, so the machine
 * never joins.
 */
export function checkNodeLabels(labels: Record<string, string>): void {
  const refused = Object.keys(labels).filter(key => isKubernetes(key) && !isKubelet(key));
  if (refused.length === 0) return;
  const prefixes = ownNamespaces.join(', ');
  throw new Error(
    `cannot start the kubelet: unknown 'kubernetes.io' or 'k8s.io' labels specified with --node-labels: ` +
      `[${refused.sort().join(' ')}]; they must begin with an allowed prefix (${prefixes}) or be one of ` +
      `${[...ownLabels].join(', ')}`,
  );
}

/** Reads `--node-labels`: `a=b,c=d`. */
export function parseNodeLabels(flag: string): Record<string, string> {
  const pairs = flag.split(',').filter(pair => pair !== '');
  return Object.fromEntries(
    pairs.map(pair => {
      const [key = '', ...value] = pair.split('=');
      return [key.trim(), value.join('=').trim()];
    }),
  );
}

const ownNamespaces = ['kubelet.kubernetes.io', 'node.kubernetes.io'];

const ownLabels = new Set([
  'beta.kubernetes.io/arch',
  'beta.kubernetes.io/instance-type',
  'beta.kubernetes.io/os',
  'failure-domain.beta.kubernetes.io/region',
  'failure-domain.beta.kubernetes.io/zone',
  'kubernetes.io/arch',
  'kubernetes.io/hostname',
  'kubernetes.io/os',
  'node.kubernetes.io/instance-type',
  'topology.kubernetes.io/region',
  'topology.kubernetes.io/zone',
]);

function isKubernetes(key: string): boolean {
  return ['kubernetes.io', 'k8s.io'].some(domain => within(namespaceOf(key), domain));
}

function isKubelet(key: string): boolean {
  return ownLabels.has(key) || ownNamespaces.some(domain => within(namespaceOf(key), domain));
}

function within(namespace: string, domain: string): boolean {
  return namespace === domain || namespace.endsWith(`.${domain}`);
}

function namespaceOf(key: string): string {
  return key.includes('/') ? key.slice(0, key.indexOf('/')) : '';
}
