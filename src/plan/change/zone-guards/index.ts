import { MAX_COMPOSED } from '../../../api/limits.ts';
import type { Hold } from '../pending.ts';
import { lostZoneStays } from './lost-zone-stays.ts';
import { oneRollAtATime } from './one-roll-at-a-time.ts';
import { roomFirst } from './room-first.ts';
import type { ZoneGuard, ZoneStep } from './types.ts';

/** Every guard over the zones of a group, in the order they are asked: the first that holds one back is told. */
export const ZONE_GUARDS: readonly ZoneGuard[] = [lostZoneStays, oneRollAtATime, roomFirst];

/** One zone of a group as it stands, against the templates it is to have. */
export interface ZoneState {
  zone: string;
  /** Whether Cluster API would replace nodes if the zone were given its new templates. */
  changes: boolean;
  /** Whether it has its new templates and nodes are still being replaced. */
  rolling: boolean;
  /** Whether nothing in the zone answers. */
  lost: boolean;
  /** Objects the zone has and keeps as long as it goes on as it is, and those it needs beyond them. */
  objects: { standing: number; added: number };
}

/**
 * Which zones of a group may not go over to new templates yet. A zone that waits goes on with the templates it has.
 *
 * @param inTurn whether one zone is replaced after another
 */
export function holdZones(
  zones: readonly ZoneState[],
  inTurn: boolean,
  guards: readonly ZoneGuard[] = ZONE_GUARDS,
): Map<string, Hold> {
  const held = new Map<string, Hold>();
  let turn = zones.find(({ lost, rolling }) => !lost && rolling)?.zone;
  let objects = 1 + zones.reduce((sum, zone) => sum + zone.objects.standing, 0);
  for (const { zone, changes, lost, objects: own } of zones) {
    if (!changes && own.added === 0) continue;
    const behind = inTurn ? turn : undefined;
    const step: ZoneStep = { zone, replaces: changes, lost, behind, fits: objects + own.added <= MAX_COMPOSED };
    const hold = guards.map(guard => guard(step)).find(answer => answer !== undefined);
    if (hold) {
      held.set(zone, hold);
      continue;
    }
    if (changes) turn = zone;
    objects += own.added;
  }
  return held;
}
