/** Ports of every node where the shared ingress hands traffic over to the tenant's controller; both ends read them here. */
export const INGRESS_NODE_PORTS = { http: 30000, https: 30001 };
