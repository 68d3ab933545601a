import type { CompositeKind } from '../api/group.ts';
import { composeAddons } from './addons.ts';
import { composeCluster } from './cluster/index.ts';
import { composeControlPlane } from './control-plane.ts';
import { composeEtcd } from './etcd.ts';
import { composeNodePool } from './node-pool.ts';
import { composePlatform } from './platform.ts';
import type { Composer } from './types.ts';

/** Every kind the function composes. */
export const composers: Record<CompositeKind, Composer> = {
  XHikubeCluster: composeCluster,
  HikubeEtcd: composeEtcd,
  HikubeControlPlane: composeControlPlane,
  HikubeNodePool: composeNodePool,
  HikubeAddons: composeAddons,
  HikubePlatform: composePlatform,
};
