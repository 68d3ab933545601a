import type { ClusterId } from '../base/names.ts';
import type { Catalog } from '../catalog/index.ts';
import type { Change } from './change/types.ts';
import type { Finding } from './finding.ts';
import type { Member, ObservedCluster } from './observed.ts';
import type { Reservations } from './reservations.ts';

export interface PlanInput {
  cluster: ClusterId;
  /** Spec of the claim as written. */
  requested: unknown;
  observed: ObservedCluster;
  catalog: Catalog;
  /** Tells which versions have ended, and since when a zone is silent. */
  now: Date;
  reservations: Reservations;
  /** API servers and etcd members by zone; absent while nobody has looked. */
  members?: readonly Member[] | undefined;
}

export interface ClusterPlan extends Change {
  /** False when the request is refused: the children are then what is accepted, and nothing that runs changes. */
  accepted: boolean;
  /** Public host names to reserve; none when the request cannot be read. */
  hosts: string[];
  problems: Finding[];
  warnings: Finding[];
}
