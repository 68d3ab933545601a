import { stringAt } from '../base/json.ts';
import { conditionOf, failed, isTrue, progressing, ready, trueConditions } from './conditions.ts';
import type { ReadinessRule } from './types.ts';

/** cert-manager Certificate: ready once issued for its current spec. */
export const certificate: ReadinessRule = {
  apiVersion: 'cert-manager.io/v1',
  kind: 'Certificate',
  check(object) {
    if (isTrue(object, 'Ready')) return ready;
    const issuing = conditionOf(object, 'Issuing');
    const lastFailure = stringAt(object, 'status', 'lastFailureTime');
    if (lastFailure !== undefined && issuing?.status !== 'True') {
      return failed(
        `cannot be issued: ${issuing?.message || conditionOf(object, 'Ready')?.message || 'no reason given'}`,
      );
    }
    return progressing('being issued');
  },
  readyStatus: object => ({ conditions: trueConditions(object, { Ready: 'Ready' }) }),
};
