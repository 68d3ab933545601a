import { objectAt } from '../../src/base/json.ts';
import type { KubeObject } from '../../src/base/object.ts';
import type { Catalog } from '../../src/catalog/index.ts';
import { composers } from '../../src/compose/index.ts';
import type { ComposeOutput, Requirement } from '../../src/compose/types.ts';
import { withReadyStatus } from '../../src/readiness/index.ts';
import type { Recorded } from './recording.ts';

/** One composite in one round: what was seen of it before, and what the function wants now. */
export interface Answer {
  round: number;
  seen: Recorded;
  output: ComposeOutput;
}

/** More rounds than a cluster needs that only takes over what a newer function adds. */
const MAX_ROUNDS = 20;
const NOW = new Date('2026-11-25T00:00:00Z');

/**
 * Plays Crossplane and a platform on which all is well for the recorded composites of one cluster, on and on until
 * nothing changes any more.
 *
 * @returns every answer of every round
 */
export function follow(cluster: readonly Recorded[], catalog: Catalog): Answer[] {
  const answers: Answer[] = [];
  let composites = [...cluster];
  for (let round = 0; round < MAX_ROUNDS; round += 1) {
    const outputs = composites.map(seen => ({ round, seen, output: answer(seen, catalog) }));
    answers.push(...outputs);
    const next = outputs.map(({ seen, output }) => applied(seen, output));
    const joined = next.map(composite => withChildren(withSpec(composite, next), next));
    if (JSON.stringify(joined) === JSON.stringify(composites)) return answers;
    composites = joined;
  }
  throw new Error(`cannot follow ${cluster[0]?.composite.metadata.name}: it does not settle in ${MAX_ROUNDS} rounds`);
}

export function answer({ kind, composite, observed, required }: Recorded, catalog: Catalog): ComposeOutput {
  const maps = { observed: new Map(Object.entries(observed)), required: new Map(Object.entries(required)) };
  return composers[kind]({ composite, ...maps, catalog, now: NOW });
}

/** The composite after its round: what is left out is deleted, the rest stands and is ready. */
function applied(seen: Recorded, { desired, requirements, status, ready }: ComposeOutput): Recorded {
  const objects = [...desired].map(([part, { object }]): [string, KubeObject] => {
    const before = seen.observed[part];
    const uid = before?.metadata.uid ?? `uid-${object.metadata.name}`;
    const ownerReferences = before?.metadata.ownerReferences ?? ownedBy(seen.composite);
    const known = { ...object, metadata: { ...object.metadata, uid, ownerReferences, generation: 1 } };
    return [part, withReadyStatus(known)];
  });
  const isReady = ready ?? [...desired.values()].every(entry => entry.ready);
  const told = isReady ? objectAt(withReadyStatus(seen.composite), 'status') : {};
  const found = [...requirements].map(([name, wanted]) => [name, matching(objects, wanted)]);
  return {
    ...seen,
    composite: { ...seen.composite, status: { ...status, ...told } },
    observed: Object.fromEntries(objects),
    required: Object.fromEntries(found),
  };
}

function ownedBy({ apiVersion, kind, metadata }: KubeObject) {
  return [{ apiVersion, kind, name: metadata.name, uid: metadata.uid, controller: true, blockOwnerDeletion: true }];
}

function matching(objects: [string, KubeObject][], { kind, name }: Requirement): KubeObject[] {
  return objects.map(([, object]) => object).filter(object => object.kind === kind && object.metadata.name === name);
}

/** A child with the spec its parent gave it in this round. */
function withSpec(child: Recorded, all: readonly Recorded[]): Recorded {
  const given = all.flatMap(({ observed }) => Object.values(observed)).find(object => isSame(object, child.composite));
  return given ? { ...child, composite: { ...child.composite, spec: objectAt(given, 'spec') } } : child;
}

/** A parent that sees its children's statuses. */
function withChildren(parent: Recorded, all: readonly Recorded[]): Recorded {
  const observed = Object.entries(parent.observed).map(([part, object]): [string, KubeObject] => {
    const child = all.find(({ composite }) => isSame(composite, object));
    return [part, child ? { ...object, status: objectAt(child.composite, 'status') } : object];
  });
  return { ...parent, observed: Object.fromEntries(observed) };
}

function isSame(one: KubeObject, other: KubeObject): boolean {
  return one.kind === other.kind && one.metadata.name === other.metadata.name;
}
