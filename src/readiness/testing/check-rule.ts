import { describe, expect, test } from 'vitest';
import { type JsonObject, objectAt } from '../../base/json.ts';
import type { KubeObject } from '../../base/object.ts';
import type { ReadinessRule } from '../types.ts';

/** A state in one line: `ready`, or the state and its message. */
export type Case = [fact: string, object: JsonObject, state: string];

/** Checks a rule against observed objects; each case names a fact, what differs from a bare object, and the state. */
export function checkRule(rule: ReadinessRule, base: JsonObject, cases: Case[]): void {
  describe(rule.kind, () => {
    test.each(cases)('%s', (_, difference, expected) => {
      const object: KubeObject = {
        apiVersion: rule.apiVersion,
        kind: rule.kind,
        ...base,
        ...difference,
        metadata: { name: 'shop', generation: 2, ...objectAt(difference, 'metadata') },
      };
      const state = rule.check(object);
      expect(state.state === 'ready' ? 'ready' : `${state.state}: ${state.message}`).toBe(expected);
    });
  });
}

/** A condition as a controller writes it, for the current generation unless said otherwise. */
export function condition(
  type: string,
  status: string,
  reason = type,
  message = '',
  observedGeneration = 2,
): JsonObject {
  return { type, status, reason, message, observedGeneration };
}
