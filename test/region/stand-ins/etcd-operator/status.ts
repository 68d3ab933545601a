import type { NewCondition } from '../conditions.ts';

/** Health of a cluster from its members, in the operator's words. */
export function healthConditions({ ready, desired }: { ready: number; desired: number }): NewCondition[] {
  const counted = `${ready}/${desired} members ready`;
  if (desired === 0) {
    const message = 'cluster is paused (spec.replicas=0)';
    return [
      { type: 'Available', status: 'False', reason: 'Paused', message },
      { type: 'Degraded', status: 'False', reason: 'Paused' },
      { type: 'Progressing', status: 'False', reason: 'Paused' },
    ];
  }
  if (ready === desired) {
    return [
      { type: 'Available', status: 'True', reason: 'QuorumHealthy', message: 'All members are ready' },
      { type: 'Degraded', status: 'False', reason: 'QuorumHealthy' },
      { type: 'Progressing', status: 'False', reason: 'Reconciled', message: 'actual state matches status.observed' },
    ];
  }
  if (ready > Math.floor(desired / 2)) {
    return [
      { type: 'Available', status: 'True', reason: 'QuorumAvailable', message: counted },
      { type: 'Degraded', status: 'True', reason: 'MembersUnhealthy', message: counted },
    ];
  }
  return [
    { type: 'Available', status: 'False', reason: 'QuorumLost', message: `${counted}, quorum lost` },
    { type: 'Degraded', status: 'True', reason: 'QuorumLost' },
  ];
}

/** The two ways in which a target that was not reached in time ends. */
export function deadlineConditions({ bootstrapped, desired }: { bootstrapped: boolean; desired: number }) {
  const reason = bootstrapped ? 'DeadlineExceeded' : 'BootstrapFailed';
  const [progressing, available] = bootstrapped
    ? ['deadline exceeded; edit spec to retry, or delete the cluster', 'could not reach the target within deadline']
    : [
        'bootstrap deadline exceeded; delete the cluster and recreate to recover',
        `could not bootstrap ${desired}-member cluster within deadline`,
      ];
  return [
    { type: 'Progressing', status: 'False', reason, message: progressing },
    { type: 'Available', status: 'False', reason, message: available },
  ] satisfies NewCondition[];
}
