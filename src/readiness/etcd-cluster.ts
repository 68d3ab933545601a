import { numberAt, stringAt } from '../base/json.ts';
import type { KubeObject } from '../base/object.ts';
import { conditionOf, failed, isTrue, progressing, ready, trueConditions } from './conditions.ts';
import type { ReadinessRule } from './types.ts';

/** Reasons the operator does not leave by itself, in words. */
const TERMINAL: Record<string, string> = {
  BootstrapFailed: 'could not be started',
  DeadlineExceeded: 'did not start in time',
  QuorumLost: 'has lost its quorum',
  CertManagerNotInstalled: 'needs cert-manager on the platform',
};

/** EtcdCluster: ready when every member is, not merely when there is a quorum. */
export const etcdCluster: ReadinessRule = {
  apiVersion: 'etcd-operator.cozystack.io/v1alpha2',
  kind: 'EtcdCluster',
  check(object) {
    for (const type of ['Available', 'Degraded', 'Progressing']) {
      const reason = conditionOf(object, type)?.reason ?? '';
      const words = TERMINAL[reason];
      if (words !== undefined && !isStarting(object, reason)) return failed(`${words}: ${members(object)}`);
    }
    const available = conditionOf(object, 'Available');
    const isWhole = readyMembers(object) >= target(object);
    if (available?.status === 'True' && available.reason === 'QuorumHealthy' && isWhole) return ready;
    return progressing(members(object));
  },
  readyStatus: object => ({
    readyMembers: target(object),
    conditions: trueConditions(object, { Available: 'QuorumHealthy' }),
  }),
};

/** A quorum that is not there yet is not lost: the operator says the same of both. */
function isStarting(object: KubeObject, reason: string): boolean {
  const bootstrapped = stringAt(object, 'status', 'clusterID') !== undefined;
  return reason === 'QuorumLost' && (!bootstrapped || isTrue(object, 'Progressing'));
}

function members(object: KubeObject): string {
  return `${readyMembers(object)} of ${target(object)} members ready`;
}

function target(object: KubeObject): number {
  return numberAt(object, 'spec', 'replicas') ?? 3;
}

function readyMembers(object: KubeObject): number {
  return numberAt(object, 'status', 'readyMembers') ?? 0;
}
