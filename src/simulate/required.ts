import type { KubeObject } from '../base/object.ts';
import type { ComposeInput, ComposeOutput, Composer, Requirement } from '../compose/types.ts';

/** An answer, and the input with all that the function asked to see for it. */
export interface Informed {
  input: ComposeInput;
  output: ComposeOutput;
}

/** As often as Crossplane asks within one round. */
const MOST_CALLS = 5;

/** Calls a composer until it has seen all it asks for, as Crossplane does in every round. */
export function informed(compose: Composer, first: ComposeInput, all: readonly KubeObject[]): Informed {
  let input = first;
  for (let call = 0; call < MOST_CALLS; call += 1) {
    const output = compose(input);
    const required = found(output.requirements, all);
    if (textOf(required) === textOf(input.required)) return { input: { ...input, required }, output };
    input = { ...input, required };
  }
  const { kind, metadata } = first.composite;
  throw new Error(`cannot simulate ${kind} ${metadata.name}: it asks for more each of ${MOST_CALLS} times`);
}

/** The objects that are asked for, by requirement name; an empty list where there are none. */
export function found(
  requirements: ReadonlyMap<string, Requirement>,
  all: readonly KubeObject[],
): ComposeInput['required'] {
  return new Map([...requirements].map(([name, wanted]) => [name, all.filter(object => isWanted(object, wanted))]));
}

function isWanted(object: KubeObject, wanted: Requirement): boolean {
  const { labels = {}, name, namespace } = object.metadata;
  return (
    object.apiVersion === wanted.apiVersion &&
    object.kind === wanted.kind &&
    namespace === wanted.namespace &&
    (wanted.matchLabels
      ? Object.entries(wanted.matchLabels).every(([key, value]) => labels[key] === value)
      : name === wanted.name)
  );
}

function textOf(required: ComposeInput['required']): string {
  return JSON.stringify([...required]);
}
