import { KINDS } from '../../src/api/group.ts';
import type { Catalog } from '../../src/catalog/index.ts';
import type { ComposeInput, ComposeOutput } from '../../src/compose/types.ts';
import { flatten, simulatedRounds } from '../../src/simulate/index.ts';
import type { Recorded } from './recording.ts';

/** One composite in one round: what was seen of it before, and what the function wants now. */
export interface Answer {
  round: number;
  kind: Recorded['kind'];
  seen: ComposeInput;
  output: ComposeOutput;
}

/** A day on which the catalogue of today is that of today. */
export const NOW = new Date('2026-11-25T00:00:00Z');

/**
 * Goes on with a recorded cluster until nothing changes any more.
 *
 * @returns every answer of every round
 */
export function follow(cluster: readonly Recorded[], catalog: Catalog): Answer[] {
  const top = cluster.find(({ kind }) => kind === KINDS.cluster);
  if (!top) throw new Error('cannot follow what has no cluster');
  const observed = cluster.flatMap(recorded => Object.values(recorded.observed));
  const rounds = [...simulatedRounds(top.composite, catalog, { observed, now: NOW })];
  return rounds.flatMap((round, index) =>
    flatten(round).map(({ kind, input, output }) => ({ round: index, kind, seen: input, output })),
  );
}
