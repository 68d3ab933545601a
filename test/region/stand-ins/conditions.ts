import { at, type JsonObject, list, str } from '../json.ts';

/** A condition before the times are filled in. */
export interface NewCondition {
  type: string;
  status: 'True' | 'False' | 'Unknown';
  reason: string;
  message?: string;
}

/** Lays new conditions over old ones; a time changes only when a status does. */
export function mergeConditions(old: unknown, wanted: NewCondition[], generation: number, now: string): JsonObject[] {
  const before = list(old);
  const merged = wanted.map(({ message = '', ...entry }) => {
    const previous = before.find(candidate => at(candidate, 'type') === entry.type);
    const same = at(previous, 'status') === entry.status;
    const lastTransitionTime = (same && str(at(previous, 'lastTransitionTime'))) || now;
    return { ...entry, message, observedGeneration: generation, lastTransitionTime };
  });
  const kept = before.filter(entry => !wanted.some(({ type }) => type === at(entry, 'type')));
  return [...kept.filter(entry => typeof entry === 'object' && entry !== null).map(entry => ({ ...entry })), ...merged];
}
