import { hikubeCatalog } from '../../../catalog/index.ts';
import { NOTHING_OBSERVED } from '../../observed.ts';
import type { Facts } from '../facts.ts';
import { holdOf } from '../guards/index.ts';
import type { PartName } from '../pending.ts';
import type { Step, StepKind } from '../steps/types.ts';

/** Facts of a moment in which nothing is observed and every name is ours, unless a test says otherwise. */
export function facts(given: Partial<Facts> = {}): Facts {
  return {
    observed: NOTHING_OBSERVED,
    catalog: hikubeCatalog,
    now: new Date('2026-11-25T12:00:00Z'),
    reservations: { get: () => 'ours' },
    members: undefined,
    ...given,
  };
}

/** A step with no more to it than guards look at. */
export function step(kind: StepKind, part: PartName = 'control-plane'): Step {
  return { ...kind, part, path: 'spec', without: children => children };
}

/** Code of the hold that all guards together put on a step, asked in their order. */
export function heldBy(asked: Step, given: Partial<Facts> = {}): string | undefined {
  return holdOf(asked, facts(given))?.code;
}
