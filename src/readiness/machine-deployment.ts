import { numberAt, stringAt } from '../base/json.ts';
import type { KubeObject } from '../base/object.ts';
import { conditionOf, isStale, isTrue, progressing, ready, trueConditions } from './conditions.ts';
import type { ReadinessRule } from './types.ts';

const MIN_SIZE = 'cluster.x-k8s.io/cluster-api-autoscaler-node-group-min-size';

/**
 * MachineDeployment: ready when at least its fewest nodes are (H94) and no rollout is under way. Nodes above the
 * minimum come and go with the autoscaler; a cluster that grows must not turn unready for it.
 */
export const machineDeployment: ReadinessRule = {
  apiVersion: 'cluster.x-k8s.io/v1beta2',
  kind: 'MachineDeployment',
  check(object) {
    if (isStale(object) || numberAt(object, 'status', 'observedGeneration') === undefined) {
      return progressing('being looked at by Cluster API');
    }
    const floor = fewest(object);
    const readyNodes = numberAt(object, 'status', 'readyReplicas') ?? 0;
    const replicas = numberAt(object, 'status', 'replicas') ?? 0;
    const upToDate = numberAt(object, 'status', 'upToDateReplicas') ?? 0;
    if (readyNodes < floor) return progressing(`${readyNodes} of ${floor} nodes ready`);
    if (upToDate < replicas) return progressing(`${upToDate} of ${replicas} nodes up to date`);
    if (isTrue(object, 'RollingOut')) return progressing('old nodes are being removed');
    return conditionOf(object, 'Available') === undefined ? progressing('being looked at by Cluster API') : ready;
  },
  readyStatus(object) {
    const count = numberAt(object, 'spec', 'replicas') ?? fewest(object);
    return {
      observedGeneration: numberAt(object, 'metadata', 'generation') ?? 1,
      replicas: count,
      readyReplicas: count,
      availableReplicas: count,
      upToDateReplicas: count,
      phase: 'Running',
      conditions: trueConditions(object, { Available: 'Available' }),
    };
  },
};

/** The bound the autoscaler keeps, or the fixed number where there is none. */
function fewest(object: KubeObject): number {
  const min = Number(stringAt(object, 'metadata', 'annotations', MIN_SIZE));
  return Number.isInteger(min) ? min : (numberAt(object, 'spec', 'replicas') ?? 0);
}
