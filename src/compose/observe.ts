import type { ClusterId } from '../api/names.ts';
import type { KubeObject } from '../api/object.ts';
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

/** How many lines a status message holds: enough to act on, few enough to read. */
const MESSAGE_LINES = 3;

/**
 * Marks each rendered object ready or not by what is observed of it.
 *
 * @example judge(rendered, input.observed).waiting // ['etcd cluster shop-etcd-3f9a1c: 2 of 3 members ready']
 */
export function judge(rendered: Rendered, observed: ReadonlyMap<string, KubeObject>): Judged {
  const judged: Judged = { desired: new Map(), waiting: [], missing: [], failed: [] };
  for (const [name, object] of rendered) {
    const found = observed.get(name);
    const state = readiness(found);
    judged.desired.set(name, { object, ready: state.state === 'ready' });
    if (state.state === 'ready') continue;
    const line = `${wordsFor(object.kind)} ${object.metadata.name}: ${state.message}`;
    const lines = state.state === 'failed' ? judged.failed : found ? judged.waiting : judged.missing;
    lines.push(line);
  }
  return judged;
}

/**
 * What a part waits for, failures first, or `undefined` when everything is ready. Objects that are not there yet are
 * not named: they come in a moment, or wait for what is named.
 */
export function explain({
  failed,
  waiting,
  missing,
}: Pick<Judged, 'failed' | 'waiting' | 'missing'>): string | undefined {
  const lines = [...failed, ...waiting];
  if (lines.length === 0) return missing.length > 0 ? 'being created' : undefined;
  const shown = lines.slice(0, MESSAGE_LINES);
  return [...shown, ...(lines.length > shown.length ? ['and more'] : [])].join('; ');
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
