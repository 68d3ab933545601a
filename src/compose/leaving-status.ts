import type { LeavingLine } from '../api/v1alpha1/status.ts';
import { clip } from '../base/clip.ts';

/** Most lines a status has about what leaves. Its definitions set no limit: a line too many must not make a part unreadable. */
const MOST_TOLD = 20;
/** Longest reason: a sentence of ours with a name in it. */
const REASON_LENGTH = 300;

/** What leaves and why, as a status tells it: in a stable order, each line once, and nothing while nothing leaves. */
export function leavingStatus(entries: Iterable<readonly [part: string, reason: string]>): {
  leaving?: LeavingLine[];
} {
  const lines = new Map([...entries].map(([part, reason]) => [JSON.stringify([part, reason]), { part, reason }]));
  const sorted = [...lines].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, { part, reason }]) => told(part, reason));
  const rest = sorted.length - MOST_TOLD;
  if (rest > 0) return { leaving: [...sorted.slice(0, MOST_TOLD), told('…', `${rest} more leave`)] };
  return sorted.length > 0 ? { leaving: sorted } : {};
}

function told(part: string, reason: string): LeavingLine {
  return { part, reason: clip(reason, REASON_LENGTH) };
}
