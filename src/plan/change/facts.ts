import type { Catalog } from '../../catalog/index.ts';
import type { Member, ObservedCluster } from '../observed.ts';
import type { Reservations } from '../reservations.ts';

/** All a guard may look at. */
export interface Facts {
  observed: ObservedCluster;
  /** As of today. */
  catalog: Catalog;
  now: Date;
  reservations: Reservations;
  /** API servers and etcd members by zone; absent while nobody has looked. */
  members: readonly Member[] | undefined;
}

/** The version the API servers run; they say so once they have answered. */
export function reachedVersion({ observed }: Pick<Facts, 'observed'>): string | undefined {
  return observed.controlPlane?.status?.version;
}
