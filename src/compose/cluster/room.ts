import { MAX_COMPOSED } from '../../api/limits.ts';
import type { Hold } from '../../plan/change/pending.ts';
import type { DesiredObject } from '../types.ts';
import type { Part } from './parts.ts';
import { isObserved, type Reading } from './read/index.ts';

/** What may be composed in this round. */
export interface Room {
  reservations: Map<string, DesiredObject>;
  parts: Part[];
}

/**
 * Keeps a cluster within the objects one composite may have, those on their way out included. What exists stays; what
 * is new waits while there is no room, host names first because everything else may want them.
 */
export function withinRoom(
  reservations: ReadonlyMap<string, DesiredObject>,
  parts: readonly Part[],
  reading: Reading,
): Room {
  const standing = [...reservations.keys(), ...parts.flatMap(({ hold, name }) => (hold ? [] : name))];
  let room = MAX_COMPOSED - standing.filter(name => isObserved(name, reading)).length;
  const fits = (name: string) => {
    if (isObserved(name, reading)) return true;
    room -= 1;
    return room >= 0;
  };
  return {
    reservations: new Map([...reservations].filter(([name]) => fits(name))),
    parts: parts.map(part => (part.hold || fits(part.name) ? part : waiting(part))),
  };
}

const NO_ROOM: Hold = {
  code: 'NoRoom',
  reason: 'waits for older parts of the cluster to be gone',
  remedy: 'wait; one cluster has at most so many parts at a time, those on their way out included',
};

function waiting(part: Part): Part {
  return { ...part, hold: NO_ROOM, state: { state: 'progressing', message: NO_ROOM.reason } };
}
