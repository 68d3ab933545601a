/** Label by which everything of a cluster is found; its value is the claim's name. */
export const CLUSTER_LABEL = 'hikube.cloud/cluster';
/** Label of everything that belongs to no cluster but to the platform as a whole, and its only value. */
export const PART_OF_LABEL = 'hikube.cloud/part-of';
export const PART_OF_PLATFORM = 'platform';
/** Label of the objects and nodes of one node group. */
export const NODE_GROUP_LABEL = 'hikube.cloud/node-group';
/** Label of a pool's objects for one zone; nodes and machines carry `TOPOLOGY_ZONE_LABEL`. */
export const POOL_ZONE_LABEL = 'hikube.cloud/zone';
/** Label of the release of one add-on. */
export const ADDON_LABEL = 'hikube.cloud/addon';

/** The well-known labels by which the platform's and the tenants' schedulers know zones and single machines. */
export const TOPOLOGY_ZONE_LABEL = 'topology.kubernetes.io/zone';
export const TOPOLOGY_HOST_LABEL = 'kubernetes.io/hostname';

/** Label by which Cluster API and its providers find what belongs to a cluster. */
export const CLUSTER_API_LABEL = 'cluster.x-k8s.io/cluster-name';

/** Label of nodes with GPUs, for tenants' node selectors (D6): the model. */
export const GPU_TYPE_LABEL = 'gpu-type';
/** The same for the autoscaler, which waits by it until the driver of a new node runs instead of adding more nodes. */
export const ACCELERATOR_LABEL = 'cluster-api/accelerator';

/** Label of the nodes of a role. */
export function roleLabel(role: string): string {
  return `node-role.kubernetes.io/${role}`;
}

const SUBDOMAIN = /^[a-z0-9]([-a-z0-9]*[a-z0-9])?(\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*$/;
const NAME = /^[A-Za-z0-9]([-A-Za-z0-9_.]{0,61}[A-Za-z0-9])?$/;

/** Whether Kubernetes takes a text as the key of a label or taint: a name, perhaps with a domain before it. */
export function isLabelKey(key: string): boolean {
  const slash = key.indexOf('/');
  if (slash < 0) return NAME.test(key);
  return slash <= 253 && SUBDOMAIN.test(key.slice(0, slash)) && NAME.test(key.slice(slash + 1));
}

/** The characters of such a key, for a schema: the API server weighs patterns, and lengths are told apart from them. */
export const KEY_PATTERN = /^([a-z0-9]([-a-z0-9.]*[a-z0-9])?\/)?[A-Za-z0-9]([-A-Za-z0-9_.]*[A-Za-z0-9])?$/;
/** Longest key a claim may hold. */
export const MAX_KEY = 316;
/** The characters of the value of a label or taint. */
export const VALUE_PATTERN = /^([A-Za-z0-9]([-A-Za-z0-9_.]*[A-Za-z0-9])?)?$/;
/** Longest value of a label or taint. */
export const MAX_VALUE = 63;

/** Whether Kubernetes takes a text as the value of a label or taint. */
export function isLabelValue(value: string): boolean {
  return value.length <= MAX_VALUE && VALUE_PATTERN.test(value);
}

/** Whether the platform sets a node label itself: a tenant's value would break scheduling by zone or GPU (D6). */
export function isPlatformLabel(key: string): boolean {
  return key === GPU_TYPE_LABEL || key === ACCELERATOR_LABEL;
}

/** Whether a kubelet may not give itself a label: Kubernetes keeps its domains, a few aside (NodeRestriction admission). */
export function isKubernetesLabel(key: string): boolean {
  const domain = key.includes('/') ? key.slice(0, key.indexOf('/')) : '';
  if (/(^|\.)(kubelet|node)\.kubernetes\.io$/.test(domain)) return false;
  return /(^|\.)(kubernetes|k8s)\.io$/.test(domain);
}

/** Whether Kubernetes, Cluster API or the cloud controller put a taint on nodes and take it off again. */
export function isClusterTaint(key: string): boolean {
  return /^(node\.kubernetes\.io|node\.cloudprovider\.kubernetes\.io|node\.cluster\.x-k8s\.io)\//.test(key);
}
