import type { ZoneGuard } from './types.ts';

/** Nodes of a lost zone are replaced by none: those would be pinned to a zone in which nothing starts. */
export const lostZoneStays: ZoneGuard = ({ zone, replaces, lost }) =>
  replaces && lost
    ? {
        code: 'LostZone',
        reason: `${zone} keeps its nodes until the zone is back`,
        remedy: 'wait for the zone; it follows by itself once it is back',
      }
    : undefined;
