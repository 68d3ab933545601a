import { API_VERSION, KINDS } from '../api/group.ts';
import { stringAt } from '../base/json.ts';
import { conditionOf, failed, isTrue, progressing, ready, trueConditions } from './conditions.ts';
import type { ReadinessRule } from './types.ts';

/** The parts of a cluster that are composites of their own: ready when Crossplane says so about their current spec. */
export const children: ReadinessRule[] = [KINDS.etcd, KINDS.controlPlane, KINDS.nodePool, KINDS.addons].map(child);

function child(kind: string): ReadinessRule {
  return {
    apiVersion: API_VERSION,
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
