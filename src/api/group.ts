/** API group of everything a tenant or a platform team writes. */
export const GROUP = 'hikube.cloud';
/** API version of claims, their composites and platform objects: what people write. A second one joins it here. */
export const VERSION = 'v1alpha1';
export const API_VERSION = `${GROUP}/${VERSION}`;
/** API version of the parts and reservations, which the function alone writes: they stay when claims get another. */
export const PART_VERSION = 'v1alpha1';
export const PART_API_VERSION = `${GROUP}/${PART_VERSION}`;
/** API version of the Composition step's input, the catalogue (decision catalogue-is-step-input). */
export const INPUT_API_VERSION = 'fn.hikube.cloud/v1alpha1';

/** Parts of a cluster: composites of their own, which the composite of its claim makes. */
export const PART_KINDS = {
  etcd: 'HikubeEtcd',
  controlPlane: 'HikubeControlPlane',
  nodePool: 'HikubeNodePool',
  addons: 'HikubeAddons',
} as const;

/** Composite kinds the function composes; the router knows exactly these. */
export const KINDS = { cluster: 'XHikubeCluster', ...PART_KINDS, platform: 'HikubePlatform' } as const;

export type CompositeKind = (typeof KINDS)[keyof typeof KINDS];

/** Whether a kind is a part of a cluster. */
export function isPartKind(kind: string): boolean {
  return Object.values<string>(PART_KINDS).includes(kind);
}

/** The claim's kind: what a tenant writes (the composite behind it is `XHikubeCluster`). */
export const CLAIM_KIND = 'HikubeCluster';
/** Cluster-scoped record that a host name belongs to one cluster; its name is the hash of the host. */
export const HOST_RESERVATION_KIND = 'HostReservation';
