import type { Hold } from '../pending.ts';

/** A zone of a group that is to go over to new templates, or to get its first. */
export interface ZoneStep {
  zone: string;
  /** Whether nodes that stand would be replaced. */
  replaces: boolean;
  /** Whether nothing in the zone answers. */
  lost: boolean;
  /** Zone whose nodes are being replaced now, of a group that goes zone by zone. */
  behind: string | undefined;
  /** Whether the group stays within the objects one composite may have. */
  fits: boolean;
}

/** Why a zone may not take its step yet, or undefined where this guard has nothing against it. */
export type ZoneGuard = (step: ZoneStep) => Hold | undefined;
