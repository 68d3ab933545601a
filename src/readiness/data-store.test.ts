import { dataStore } from './data-store.ts';
import { checkRule } from './testing/check-rule.ts';

const waits = 'progressing: waits for etcd to accept connections';

checkRule(dataStore, {}, [
  ['without a status it waits for etcd', {}, waits],
  ['not connected', { status: { ready: false } }, waits],
  ['connected', { status: { ready: true, observedGeneration: 2 } }, 'ready'],
  ['connected, by a Kamaji that reports no generation', { status: { ready: true } }, 'ready'],
  ['connected before the last change', { status: { ready: true, observedGeneration: 1 } }, waits],
]);
