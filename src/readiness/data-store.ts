import { booleanAt } from '../base/json.ts';
import { isStale, observedGeneration, progressing, ready } from './conditions.ts';
import type { ReadinessRule } from './types.ts';

/** Kamaji DataStore: ready once Kamaji found the Secrets it names. Kamaji does not connect before a control plane does. */
export const dataStore: ReadinessRule = {
  apiVersion: 'kamaji.clastix.io/v1alpha1',
  kind: 'DataStore',
  check(object) {
    if (booleanAt(object, 'status', 'ready') === true && !isStale(object)) return ready;
    return progressing('waits for Kamaji to find the certificates of etcd');
  },
  readyStatus: object => ({ ready: true, ...observedGeneration(object) }),
};
