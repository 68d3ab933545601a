import { booleanAt, numberAt, stringAt } from '../base/json.ts';
import type { KubeObject } from '../base/object.ts';
import { conditionOf, failed, isTrue, progressing, ready, trueConditions } from './conditions.ts';
import type { ReadinessRule } from './types.ts';

/**
 * How an API server says that it will not take an object. The condition is False for everything else as well that its
 * provider meets, conflicts and lost connections among it, and tries again by itself.
 */
const REFUSED = /denied the request|is invalid/;

/**
 * KamajiControlPlane: ready when all API servers run the target version. `status.ready` alone is not enough, it stays
 * true while an upgrade is under way.
 */
export const kamajiControlPlane: ReadinessRule = {
  apiVersion: 'controlplane.cluster.x-k8s.io/v1alpha2',
  kind: 'KamajiControlPlane',
  check(object) {
    const failure = stringAt(object, 'status', 'failureMessage') ?? stringAt(object, 'status', 'failureReason');
    if (failure) return failed(failure);
    const created = conditionOf(object, 'TenantControlPlaneCreated');
    if (created?.status === 'False') {
      const refused = REFUSED.test(created.message);
      return refused ? failed(`refused by Kamaji: ${created.message}`) : progressing('being taken up by Kamaji');
    }

    const version = plain(stringAt(object, 'status', 'version'));
    const targetVersion = plain(stringAt(object, 'spec', 'version'));
    if (version !== '' && version !== targetVersion)
      return progressing(`runs v${version}, v${targetVersion} is wanted`);

    const target = replicas(object);
    const readyCount = numberAt(object, 'status', 'readyReplicas') ?? 0;
    if (readyCount < target) return progressing(`${readyCount} of ${target} API servers ready`);
    const upToDate = numberAt(object, 'status', 'upToDateReplicas') ?? 0;
    if (upToDate < target) return progressing(`${upToDate} of ${target} API servers up to date`);

    const isUp = booleanAt(object, 'status', 'ready') === true && version !== '' && isTrue(object, 'Available');
    return isUp ? ready : progressing('waits for the Kubernetes API to answer');
  },
  readyStatus(object) {
    const count = replicas(object);
    return {
      ready: true,
      version: stringAt(object, 'spec', 'version') ?? '',
      externalManagedControlPlane: true,
      initialization: { controlPlaneInitialized: true },
      replicas: count,
      readyReplicas: count,
      availableReplicas: count,
      upToDateReplicas: count,
      conditions: trueConditions(object, { Available: 'Available' }),
    };
  },
};

function replicas(object: KubeObject): number {
  return numberAt(object, 'spec', 'replicas') ?? 2;
}

/** Version without the v that some writers leave out. */
function plain(version: string | undefined): string {
  return (version ?? '').replace(/^v/, '');
}
