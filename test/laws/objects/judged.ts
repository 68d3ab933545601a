import { hasRule } from '../../../src/readiness/index.ts';
import type { ObjectLaw } from './types.ts';

export const judged: ObjectLaw = {
  fact: 'is of a kind whose readiness is judged, and brings no status of its own',
  violations: object => [
    ...(hasRule(object) ? [] : [`${object.apiVersion} has no readiness rule`]),
    ...(object.status === undefined ? [] : ['status']),
  ],
  broken: [
    { apiVersion: 'v1', kind: 'Unheard', metadata: { name: 'a' } },
    { apiVersion: 'v1', kind: 'Secret', metadata: { name: 'a' }, status: {} },
  ],
};
