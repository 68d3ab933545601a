import { PART_API_VERSION, PART_KINDS } from '../api/group.ts';
import { stringAt } from '../base/json.ts';
import { conditionOf, failed, isTrue, progressing, ready, trueConditions } from './conditions.ts';
import type { ReadinessRule } from './types.ts';

/** The parts of a cluster that are composites of their own: ready when Crossplane says so about their current spec. */
export const parts: ReadinessRule[] = Object.values(PART_KINDS).map(part);

function part(kind: string): ReadinessRule {
  return {
    apiVersion: PART_API_VERSION,
    kind,
    check(object) {
      if (isTrue(object, 'Ready')) return ready;
      const synced = conditionOf(object, 'Synced');
      if (synced?.status === 'False') return failed(`cannot be composed: ${synced.message}`);
      return progressing(stringAt(object, 'status', 'message') ?? 'being composed');
    },
    readyStatus: object => ({
      conditions: trueConditions(object, { Synced: 'ReconcileSuccess', Ready: 'Available' }),
    }),
  };
}
