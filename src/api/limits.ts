/**
 * Most objects of one composite, those on their way out included: Crossplane's circuit breaker opens on composites with
 * many (decision forty-objects).
 */
export const MAX_COMPOSED = 40;

/** Longest claim name: what Hikube's platform allows and every derived name leaves room for (decision name-lengths). */
export const MAX_CLAIM_NAME = 42;
/** DNS-1035, because the tenant control plane's Service carries the claim's name. */
export const CLAIM_NAME = /^[a-z]([-a-z0-9]*[a-z0-9])?$/;

/** Longest name of a node group: node names, which begin with it, stay readable (decision name-lengths). */
export const MAX_GROUP_NAME = 20;
/** DNS-1035 again, of that length. */
export const GROUP_NAME = new RegExp(`^[a-z]([-a-z0-9]{0,${MAX_GROUP_NAME - 2}}[a-z0-9])?$`);

/** Node groups of one cluster: keeps the composite below `MAX_COMPOSED` (decision forty-objects). */
export const MAX_NODE_GROUPS = 16;
/** GPUs of one node. */
export const MAX_GPUS = 8;
/** Roles of one node group. */
export const MAX_ROLES = 16;
/** Taints of one node group. */
export const MAX_TAINTS = 16;
/** Labels of one node group. */
export const MAX_LABELS = 32;

/** Zones of a platform, and so of a cluster and of a group. */
export const MAX_ZONES = 8;
/** API servers of one cluster. */
export const MAX_API_SERVERS = 9;
/** Host names that the shared ingress passes to one cluster. */
export const MAX_INGRESS_HOSTS = 16;
