import { numberAt } from '../base/json.ts';
import type { KubeObject } from '../base/object.ts';
import { conditionOf, failed, isStale, isTrue, observedGeneration, progressing, ready } from './conditions.ts';
import type { ReadinessRule } from './types.ts';

/** Deployment: ready when all replicas of the current template are available. */
export const deployment: ReadinessRule = {
  apiVersion: 'apps/v1',
  kind: 'Deployment',
  check(object) {
    const target = replicas(object);
    const available = numberAt(object, 'status', 'availableReplicas') ?? 0;
    const updated = numberAt(object, 'status', 'updatedReplicas') ?? 0;
    if (!isStale(object) && available >= target && updated >= target) return ready;
    const failure = conditionOf(object, 'ReplicaFailure');
    if (failure?.status === 'True') return failed(`cannot create pods: ${failure.message}`);
    if (conditionOf(object, 'Progressing')?.reason === 'ProgressDeadlineExceeded') {
      return failed('did not start in time');
    }
    return progressing(
      isTrue(object, 'Available')
        ? 'being replaced by its new version'
        : `${available} of ${target} replicas available`,
    );
  },
  readyStatus(object) {
    const count = replicas(object);
    return {
      ...observedGeneration(object),
      replicas: count,
      updatedReplicas: count,
      readyReplicas: count,
      availableReplicas: count,
      conditions: [{ type: 'Available', status: 'True', reason: 'MinimumReplicasAvailable', message: '' }],
    };
  },
};

function replicas(object: KubeObject): number {
  return numberAt(object, 'spec', 'replicas') ?? 1;
}
