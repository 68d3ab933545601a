import { deployment } from './deployment.ts';
import { checkRule, condition } from './testing/check-rule.ts';

const status = { observedGeneration: 2, replicas: 1, updatedReplicas: 1, availableReplicas: 1 };

checkRule(deployment, { spec: { replicas: 1 } }, [
  ['without a status nothing is available', {}, 'progressing: 0 of 1 replicas available'],
  ['available', { status }, 'ready'],
  ['without replicas one is meant', { spec: {} }, 'progressing: 0 of 1 replicas available'],
  ['none wanted is ready at once', { spec: { replicas: 0 }, status: { observedGeneration: 2 } }, 'ready'],
  [
    'available in the old version only',
    { status: { ...status, updatedReplicas: 0, conditions: [condition('Available', 'True')] } },
    'progressing: being replaced by its new version',
  ],
  [
    'available before the last change',
    { status: { ...status, observedGeneration: 1, conditions: [condition('Available', 'True')] } },
    'progressing: being replaced by its new version',
  ],
  [
    'pods that are refused are a failure',
    { status: { conditions: [condition('ReplicaFailure', 'True', 'FailedCreate', 'exceeded quota')] } },
    'failed: cannot create pods: exceeded quota',
  ],
  [
    'a rollout that took too long is a failure',
    { status: { conditions: [condition('Progressing', 'False', 'ProgressDeadlineExceeded')] } },
    'failed: did not start in time',
  ],
]);
