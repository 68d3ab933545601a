import { machineDeployment } from './machine-deployment.ts';
import { checkRule, condition } from './testing/check-rule.ts';

const MIN = 'cluster.x-k8s.io/cluster-api-autoscaler-node-group-min-size';
const minimum = (min: number) => ({ metadata: { annotations: { [MIN]: `${min}` } } });
const available = [condition('Available', 'True')];
const counts = (wanted: number, ready: number, upToDate = wanted) => ({
  observedGeneration: 2,
  replicas: wanted,
  readyReplicas: ready,
  upToDateReplicas: upToDate,
  conditions: available,
});

checkRule(machineDeployment, {}, [
  ['without a status Cluster API has not seen it', {}, 'progressing: being looked at by Cluster API'],
  [
    'a status from before the last change does not count',
    { spec: { replicas: 1 }, status: { ...counts(1, 1), observedGeneration: 1 } },
    'progressing: being looked at by Cluster API',
  ],
  [
    'H94: a fixed group needs all its nodes',
    { spec: { replicas: 3 }, status: counts(3, 2) },
    'progressing: 2 of 3 nodes ready',
  ],
  ['a fixed group with all its nodes', { spec: { replicas: 3 }, status: counts(3, 3) }, 'ready'],
  [
    'H94: an autoscaled group needs its fewest nodes',
    { ...minimum(2), spec: { replicas: 2 }, status: counts(2, 1) },
    'progressing: 1 of 2 nodes ready',
  ],
  [
    'an autoscaled group that grows stays ready',
    { ...minimum(2), spec: { replicas: 4 }, status: counts(4, 2) },
    'ready',
  ],
  ['a group at zero is ready', { ...minimum(0), spec: { replicas: 0 }, status: counts(0, 0) }, 'ready'],
  ['replicas left to the autoscaler are its affair', { ...minimum(0), spec: {}, status: counts(1, 1) }, 'ready'],
  [
    'a rollout is under way while old nodes are left',
    { ...minimum(1), spec: { replicas: 3 }, status: counts(3, 3, 1) },
    'progressing: 1 of 3 nodes up to date',
  ],
  [
    'a rollout is under way while Cluster API says so',
    { spec: { replicas: 3 }, status: { ...counts(3, 3), conditions: [...available, condition('RollingOut', 'True')] } },
    'progressing: old nodes are being removed',
  ],
  [
    'counts without any condition are a status half written',
    { spec: { replicas: 0 }, status: { ...counts(0, 0), conditions: [] } },
    'progressing: being looked at by Cluster API',
  ],
]);
