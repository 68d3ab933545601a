import { conditionOf, progressing, ready, trueConditions } from './conditions.ts';
import type { ReadinessRule } from './types.ts';

/** Reasons that mean the CA's Secret is not filled yet. */
const NO_KEY = ['ErrGetKeyPair', 'ErrInvalidKeyPair'];

/** cert-manager Issuer: a CA issuer waits for the Secret of its CA, which is a matter of order and no failure. */
export const issuer: ReadinessRule = {
  apiVersion: 'cert-manager.io/v1',
  kind: 'Issuer',
  check(object) {
    const condition = conditionOf(object, 'Ready');
    if (condition?.status === 'True') return ready;
    if (condition && NO_KEY.includes(condition.reason)) return progressing('waits for its CA certificate');
    return progressing(condition?.message ? `cannot sign yet: ${condition.message}` : 'being set up');
  },
  readyStatus: object => ({ conditions: trueConditions(object, { Ready: 'IsReady' }) }),
};
