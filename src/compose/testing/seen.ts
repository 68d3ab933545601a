import type { KubeObject } from '../../base/object.ts';

/** The object that is observed under a name; a test that asks for none has a mistake of its own. */
export function seen(observed: ReadonlyMap<string, KubeObject>, name: string): KubeObject {
  const found = observed.get(name);
  if (!found) throw new Error(`cannot find ${name} among what is observed: ${[...observed.keys()].join(', ')}`);
  return found;
}
