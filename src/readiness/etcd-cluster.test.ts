import { etcdCluster } from './etcd-cluster.ts';
import { checkRule, condition } from './testing/check-rule.ts';

const spec = { replicas: 3 };
const bootstrapped = { clusterID: '769f1c9e0d723d0b' };
const lost = condition('Available', 'False', 'QuorumLost');
const healthy = condition('Available', 'True', 'QuorumHealthy');

checkRule(etcdCluster, { spec }, [
  ['without a status no member is ready', {}, 'progressing: 0 of 3 members ready'],
  ['all members ready', { status: { readyMembers: 3, conditions: [healthy] } }, 'ready'],
  [
    'a quorum alone is not ready',
    { status: { readyMembers: 2, conditions: [condition('Available', 'True', 'QuorumAvailable')] } },
    'progressing: 2 of 3 members ready',
  ],
  [
    'fewer members than wanted are not ready whatever the condition says',
    { status: { readyMembers: 2, conditions: [healthy] } },
    'progressing: 2 of 3 members ready',
  ],
  [
    'what was said before the last change does not count',
    { status: { readyMembers: 3, conditions: [condition('Available', 'True', 'QuorumHealthy', '', 1)] } },
    'progressing: 3 of 3 members ready',
  ],
  [
    'a lost quorum is a failure',
    { status: { ...bootstrapped, readyMembers: 1, conditions: [lost] } },
    'failed: has lost its quorum: 1 of 3 members ready',
  ],
  [
    'a quorum that was never there is not lost',
    { status: { readyMembers: 0, conditions: [lost] } },
    'progressing: 0 of 3 members ready',
  ],
  [
    'nor is one whose members are still joining',
    { status: { ...bootstrapped, readyMembers: 1, conditions: [lost, condition('Progressing', 'True')] } },
    'progressing: 1 of 3 members ready',
  ],
  [
    'a start that took too long is a failure',
    { status: { conditions: [condition('Progressing', 'False', 'DeadlineExceeded')] } },
    'failed: did not start in time: 0 of 3 members ready',
  ],
  ['an empty list of conditions is no answer', { status: { conditions: [] } }, 'progressing: 0 of 3 members ready'],
]);
