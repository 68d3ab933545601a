import { KINDS } from '../../api/group.ts';
import { isObject } from '../../base/json.ts';
import type { KubeObject } from '../../base/object.ts';
import { ComposeError } from '../../compose/types.ts';
import { pathOf, walkRequest } from './request-walk.ts';

/**
 * The one name that an object of JavaScript cannot be given by assignment, which is how the codec builds objects: a
 * field of that name vanishes in silence.
 */
const LOST = '__proto__';
/** One is enough to refuse a request; more only tell more places. */
const MOST = 16;

/** Where a field was lost. */
export interface LostKey {
  path: string;
  /** Keys and indexes from the observed composite down to the field; undefined for what lies elsewhere. */
  inComposite: readonly (string | number)[] | undefined;
}

/** Fields of a request that decoding loses; the bytes are followed only when they hold the name at all. */
export function findLostKeys(bytes: Uint8Array): LostKey[] {
  const lost: LostKey[] = [];
  if (!Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length).includes(LOST)) return lost;
  walkRequest(bytes, stack => {
    const [, part, holder] = stack;
    if (stack.at(-1)?.step !== LOST || !part || !isDecoded(part.label, holder?.label)) return true;
    const composite = part.label === 'observed' && holder?.label === '.composite';
    const steps = stack.flatMap(({ step }) => (step === undefined ? [] : [step]));
    lost.push({ path: pathOf(stack), inComposite: composite ? steps : undefined });
    return lost.length < MOST;
  });
  return lost;
}

/**
 * Gives a claim its lost fields back, empty, so that the plan refuses them where they stand.
 *
 * @throws ComposeError when one was lost elsewhere, where nobody would notice
 */
export function withLostKeys(composite: KubeObject, lost: readonly LostKey[]): KubeObject {
  for (const { path, inComposite } of lost) {
    if (composite.kind !== KINDS.cluster || inComposite?.[0] !== 'spec') {
      throw new ComposeError('InvalidRequest', `cannot read the request: ${path} cannot be the name of a field`);
    }
    restore(composite, inComposite);
  }
  return composite;
}

function restore(root: unknown, steps: readonly (string | number)[]): void {
  let parent = root;
  for (const step of steps.slice(0, -1)) {
    if (typeof parent !== 'object' || parent === null || !Object.hasOwn(parent, step)) return;
    parent = Reflect.get(parent, step);
  }
  if (isObject(parent)) {
    Object.defineProperty(parent, LOST, { value: null, enumerable: true, configurable: true, writable: true });
  }
}

/** What earlier steps desired, and the context, are copied as bytes; of the rest, what nothing reads may lose what it will. */
function isDecoded(part: string, holder: string | undefined): boolean {
  return /^(observed|input|required_resources)\b/.test(part) || (part === 'desired' && holder === '.composite');
}
