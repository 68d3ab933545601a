import { isEqual } from '../base/equal.ts';
import type { KubeObject } from '../base/object.ts';
import type { Catalog } from '../catalog/index.ts';
import { composers } from '../compose/index.ts';
import type { ComposeInput } from '../compose/types.ts';
import { compositeKind } from './composite.ts';
import { found, type Informed, informed } from './required.ts';
import { afterRound, objectsOf } from './standing.ts';
import type { SimulatedComposite, Standing } from './types.ts';

/** More rounds than any cluster needs: each gate of it opens when those before it are ready, which takes some. */
const MAX_ROUNDS = 60;

/**
 * Plays round after round of a composite and of all below it, until every one of them sees what it saw in the round
 * before: nothing changes any more. That last round comes too.
 *
 * @param others objects nobody here composes, which the function may ask to see
 */
export function* rounds(
  first: Standing,
  others: readonly KubeObject[],
  { catalog, now }: { catalog: Catalog; now: Date },
): Generator<SimulatedComposite> {
  const answers = new Map<string, Informed>();
  let changes = 0;

  function play({ object, composed, children }: Standing, all: readonly KubeObject[]): SimulatedComposite {
    const kind = compositeKind(object);
    if (!kind) throw new Error(`cannot simulate ${titleOf(object)}: it is not a composite of Hikube`);
    const before = changes;
    const below = [...children].map(([name, child]) => [name, play(child, all)] as const);
    const key = `${kind}/${object.metadata.namespace}/${object.metadata.name}`;
    const known = answers.get(key);
    const required = known ? found(known.output.requirements, all) : new Map();
    const input: ComposeInput = { composite: object, observed: composed, required, catalog, now };
    // What stands above waits until nothing changes below it: it would be asked often, and mostly say the same.
    const stays = known && (changes > before || isSeen(known.input, input));
    const answer = stays ? known : informed(composers[kind], input, all);
    if (!stays) changes += 1;
    answers.set(key, answer);
    return { kind, input: answer.input, output: answer.output, children: new Map(below) };
  }

  let standing = first;
  for (let round = 0; round < MAX_ROUNDS; round += 1) {
    const before = changes;
    const played = play(standing, [...objectsOf(standing), ...others]);
    yield played;
    if (changes === before) return;
    standing = afterRound(standing, played);
  }
  throw new Error(`cannot simulate ${titleOf(first.object)}: it does not settle in ${MAX_ROUNDS} rounds`);
}

/** Whether the function saw the same before: then it answers the same. */
function isSeen(before: ComposeInput, now: ComposeInput): boolean {
  return (
    isEqual(before.composite, now.composite) &&
    isEqual([...before.observed], [...now.observed]) &&
    isEqual([...before.required], [...now.required])
  );
}

function titleOf({ kind, metadata }: KubeObject): string {
  return `${kind} ${metadata.name}`;
}
