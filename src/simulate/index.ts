import type { KubeObject } from '../base/object.ts';
import type { Catalog } from '../catalog/index.ts';
import { compositeOf } from './composite.ts';
import { rounds } from './rounds.ts';
import { objectsOf, standing } from './standing.ts';
import { BEGINNING, created, isSame } from './stored-object.ts';
import type { SimulatedComposite } from './types.ts';

/** The cluster a simulation begins in. */
export interface Beginning {
  /** Objects as the API server returns them (`kubectl get -o yaml`), what an earlier function made among them. */
  observed?: readonly KubeObject[];
  now?: Date;
}

/**
 * Plays Crossplane and a platform on which all is well for one claim or platform object, from nothing or from what an
 * earlier function made, until nothing changes any more.
 *
 * @returns the composite itself, then everything below it, parents first
 * @throws ComposeError where the function would answer FATAL
 */
export function simulate(object: KubeObject, catalog: Catalog, beginning: Beginning = {}): SimulatedComposite[] {
  let last: SimulatedComposite | undefined;
  for (const round of simulatedRounds(object, catalog, beginning)) last = round;
  return last ? flatten(last) : [];
}

/** The same, round by round, each as its topmost composite. */
export function simulatedRounds(
  object: KubeObject,
  catalog: Catalog,
  { observed = [], now = BEGINNING }: Beginning = {},
): Iterable<SimulatedComposite> {
  const first = standing(created(compositeOf(object, observed)), observed);
  const known = new Set(objectsOf(first));
  const others = observed.filter(found => !known.has(found) && !isSame(found, first.object));
  return rounds(first, others, { catalog, now });
}

/** A composite and everything below it, parents first. */
export function flatten(composite: SimulatedComposite): SimulatedComposite[] {
  return [composite, ...[...composite.children.values()].flatMap(flatten)];
}

export { SUFFIX_PLACEHOLDER } from './composite.ts';
export type { SimulatedComposite } from './types.ts';
