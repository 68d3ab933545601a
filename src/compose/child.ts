import type { z } from 'zod';
import { issuesOf } from '../base/issues.ts';
import { type JsonObject, numberAt } from '../base/json.ts';
import type { ClusterId } from '../base/names.ts';
import type { KubeObject } from '../base/object.ts';
import { present } from '../base/present.ts';
import type { Leaving, Rendered } from '../render/types.ts';
import { clusterIdOf, explain, type Judged, judge, RECHECK_SECONDS } from './judge.ts';
import { leavingStatus } from './leaving-status.ts';
import { isOurs } from './ours.ts';
import { ComposeError, type ComposeInput, type ComposeOutput } from './types.ts';

/** Fields of a child's spec that decide about the child itself. */
interface ChildSpec {
  cluster: string;
  retire?: boolean | undefined;
}

/** What makes one kind of child: everything else is the same for all of them. */
export interface Child<Spec extends ChildSpec> {
  schema: z.ZodType<Spec>;
  render(id: ClusterId, spec: Spec, input: ComposeInput): Rendered;
  /** Observed objects that may go, as far as they are not rendered; absent where nothing ever leaves. */
  leaving?(spec: Spec, input: ComposeInput): Leaving;
  /** Objects that must not come yet. What exists is never held back: gates are sticky (decision sticky-gates). */
  hold?(input: ComposeInput): string[];
  /** What of the spec waits, though every object is as it should be now. */
  waits?(id: ClusterId, spec: Spec, input: ComposeInput): string | undefined;
  /** The kind's own part of the status; the message is added. */
  status(spec: Spec, input: ComposeInput, judged: Judged): JsonObject;
}

/**
 * Composes a child: parse, render, judge, report. A child that retires leaves everything out, so that Crossplane
 * deletes it, and reports how much is left; only then, because a count from before would tell the parent that nothing
 * was there.
 */
export function composeChild<Spec extends ChildSpec>(child: Child<Spec>, input: ComposeInput): ComposeOutput {
  const spec = parseSpec(child.schema, input.composite);
  const id = clusterIdOf(input.composite, spec);
  if (spec.retire) {
    const leaving = ownParts(input.observed, RETIRES);
    const status = { ...leftOver(input), ...leavingStatus(leaving.size > 0 ? [['everything', RETIRES]] : []) };
    return { ...nothing, desired: new Map(), leaving, requirements: new Map(), status };
  }
  const rendered = child.render(id, spec, input);
  const held = (child.hold?.(input) ?? []).filter(name => !input.observed.has(name));
  const judged = judge(new Map([...rendered].filter(([name]) => !held.includes(name))), input.observed);
  const waits = child.waits?.(id, spec, input);
  const leaving = new Map(
    [...(child.leaving?.(spec, input) ?? [])].filter(([name]) => input.observed.has(name) && !rendered.has(name)),
  );
  const message = explain(judged) ?? waits;
  const status = { ...child.status(spec, input, judged), ...present({ message }), ...leavingStatus(leaving) };
  return present({
    ...nothing,
    desired: judged.desired,
    leaving,
    requirements: new Map(),
    status,
    ready: held.length > 0 || waits !== undefined ? false : undefined,
    recheckAfterSeconds: message === undefined ? undefined : RECHECK_SECONDS,
  });
}

const RETIRES = 'the claim asks for this part no more';

/** Everything that is ours; what other functions of the pipeline composed is theirs to let go. */
function ownParts(observed: ComposeInput['observed'], reason: string): Leaving {
  return new Map([...observed].filter(([, object]) => isOurs(object)).map(([name]) => [name, reason]));
}

/** What is left of a retiring child, and of which generation of its spec this is said. */
function leftOver({ composite, observed }: ComposeInput): JsonObject {
  return present({ composed: observed.size, composedAt: numberAt(composite, 'metadata', 'generation') });
}

/** The spec of a composite; one that cannot be read is FATAL, because rendering less would delete what runs. */
export function parseSpec<Spec>(schema: z.ZodType<Spec>, composite: KubeObject): Spec {
  const parsed = schema.safeParse(composite.spec);
  if (parsed.success) return parsed.data;
  const [issue] = issuesOf(parsed.error, 'spec');
  throw new ComposeError(
    'SpecUnreadable',
    `cannot read ${composite.kind} ${composite.metadata.name}: ${issue?.path}: ${issue?.message}; nothing is changed`,
  );
}

const nothing = { conditions: [], notices: [] };
