import { dataStore } from './data-store.ts';
import { checkRule } from './testing/check-rule.ts';

const waits = 'progressing: waits for Kamaji to find the certificates of etcd';

checkRule(dataStore, {}, [
  ['without a status it waits for etcd', {}, waits],
  ['not found', { status: { ready: false } }, waits],
  ['found', { status: { ready: true, observedGeneration: 2 } }, 'ready'],
  ['found, by a Kamaji that reports no generation', { status: { ready: true } }, 'ready'],
  ['found before the last change', { status: { ready: true, observedGeneration: 1 } }, waits],
]);
