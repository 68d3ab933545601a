/** API group of everything a tenant or a platform team writes. */
export const GROUP = 'hikube.cloud';
/** The one served version of that group. */
export const VERSION = 'v1alpha1';
export const API_VERSION = `${GROUP}/${VERSION}`;
/** API version of the Composition step's input, the catalogue (design section 2). */
export const INPUT_API_VERSION = 'fn.hikube.cloud/v1alpha1';

/** Composite kinds the function composes; the router knows exactly these. */
export const KINDS = {
  cluster: 'XHikubeCluster',
  etcd: 'HikubeEtcd',
  controlPlane: 'HikubeControlPlane',
  nodePool: 'HikubeNodePool',
  addons: 'HikubeAddons',
  platform: 'HikubePlatform',
} as const;

export type CompositeKind = (typeof KINDS)[keyof typeof KINDS];

/** The claim's kind: what a tenant writes (the composite behind it is `XHikubeCluster`). */
export const CLAIM_KIND = 'HikubeCluster';
/** Cluster-scoped record that a host name belongs to one cluster; its name is the hash of the host. */
export const HOST_RESERVATION_KIND = 'HostReservation';
