import { MAX_COMPOSED } from '../../api/limits.ts';
import type { ComposeInput, DesiredObject } from '../types.ts';
import type { Part } from './parts.ts';

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
  { observed }: ComposeInput,
): Room {
  const standing = [...reservations.keys(), ...parts.flatMap(({ open, name }) => (open ? name : []))];
  let room = MAX_COMPOSED - standing.filter(name => observed.has(name)).length;
  const fits = (name: string) => {
    if (observed.has(name)) return true;
    room -= 1;
    return room >= 0;
  };
  return {
    reservations: new Map([...reservations].filter(([name]) => fits(name))),
    parts: parts.map(part => (part.open && !fits(part.name) ? { ...part, open: false, waitsFor: OLDER } : part)),
  };
}

const OLDER = 'older parts of the cluster to be gone';
