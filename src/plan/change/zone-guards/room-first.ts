import type { ZoneGuard } from './types.ts';

/** A change that would make a group more objects than one composite may have waits until older templates are gone. */
export const roomFirst: ZoneGuard = ({ zone, fits }) =>
  fits
    ? undefined
    : {
        code: 'NoRoom',
        reason: `${zone} waits for an earlier change`,
        remedy: 'wait until the nodes of the change before are replaced',
      };
