import type { ZoneGuard } from './types.ts';

/** A group without spare nodes is replaced zone by zone: each follows once the one before has settled. */
export const oneRollAtATime: ZoneGuard = ({ zone, replaces, behind }) =>
  replaces && behind !== undefined
    ? {
        code: 'ZonesInTurn',
        reason: `${zone} follows ${behind}`,
        remedy: `wait until the nodes in ${behind} are replaced, or let the group have a spare node by rollout.maxSurge`,
      }
    : undefined;
