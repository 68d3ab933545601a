import type { CompositeKind } from '../api/group.ts';
import { composeAddons } from './addons.ts';
import { composeCluster } from './cluster/index.ts';
import { composeControlPlane } from './control-plane.ts';
import { composeEtcd } from './etcd.ts';
import { leavingByName } from './leaving.ts';
import { composeNodePool } from './node-pool/index.ts';
import { composePlatform } from './platform.ts';
import type { Composer } from './types.ts';

/** Every kind the function composes; none of them loses an object by leaving it out. */
export const composers: Record<CompositeKind, Composer> = {
  XHikubeCluster: leavingByName(composeCluster),
  HikubeEtcd: leavingByName(composeEtcd),
  HikubeControlPlane: leavingByName(composeControlPlane),
  HikubeNodePool: leavingByName(composeNodePool),
  HikubeAddons: leavingByName(composeAddons),
  HikubePlatform: leavingByName(composePlatform),
};
