import type { ClusterId } from '../base/names.ts';
import type { KubeObject } from '../base/object.ts';
import { readiness } from '../readiness/index.ts';
import { wordsFor } from '../readiness/words.ts';
import type { Rendered } from '../render/types.ts';
import { ComposeError, type DesiredObject } from './types.ts';

/** Rendered objects with what is known about their observed selves. */
export interface Judged {
  desired: Map<string, DesiredObject>;
  /** What is under way, one line an object, in the order of rendering. */
  waiting: string[];
  /** What is not there yet, likewise. */
  missing: string[];
  /** What does not get better by itself, one line an object. */
  failed: string[];
}

/**
 * How soon to look again while something is under way. Watches tell as a rule; but an open circuit breaker drops
 * events, the last one too, and nothing else would tell that all is ready now (decision look-again).
 */
export const RECHECK_SECONDS = 30;

/**
 * Marks each rendered object ready or not by what is observed of it.
 *
 * @example judge(rendered, input.observed).waiting // ['etcd cluster: 2 of 3 members ready']
 */
export function judge(rendered: Rendered, observed: ReadonlyMap<string, KubeObject>): Judged {
  const judged: Judged = { desired: new Map(), waiting: [], missing: [], failed: [] };
  for (const [name, object] of rendered) {
    const found = observed.get(name);
    const state = readiness(found);
    judged.desired.set(name, { object, ready: state.state === 'ready' });
    if (state.state === 'ready') continue;
    const kind = wordsFor(object.kind);
    if (state.state === 'failed') judged.failed.push(`${kind} ${object.metadata.name}: ${state.message}`);
    else (found ? judged.waiting : judged.missing).push(`${kind}: ${state.message}`);
  }
  return judged;
}

/**
 * What a part waits for, or `undefined` when everything is ready: the first failure with the name of what fails, else
 * the kind that comes next. One thing at a time and no names while all goes well, because every new message is an
 * update of the child, of its parent and of the claim, and Crossplane's circuit breaker counts them all.
 */
export function explain({
  failed,
  waiting,
  missing,
}: Pick<Judged, 'failed' | 'waiting' | 'missing'>): string | undefined {
  return failed[0] ?? waiting[0] ?? (missing.length > 0 ? 'being created' : undefined);
}

/** The cluster a child belongs to: the claim's name from its spec, the claim's namespace from its own metadata. */
export function clusterIdOf(composite: KubeObject, spec: { cluster: string }): ClusterId {
  const { namespace } = composite.metadata;
  if (namespace === undefined) {
    throw new ComposeError(
      'InvalidComposite',
      `cannot compose ${composite.kind} ${composite.metadata.name}: it has no namespace`,
    );
  }
  return { namespace, name: spec.cluster };
}
