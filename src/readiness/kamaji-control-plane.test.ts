import { kamajiControlPlane } from './kamaji-control-plane.ts';
import { checkRule, condition } from './testing/check-rule.ts';

const spec = { replicas: 3, version: 'v1.34.9' };
const up = {
  ready: true,
  version: 'v1.34.9',
  replicas: 3,
  readyReplicas: 3,
  upToDateReplicas: 3,
  conditions: [condition('Available', 'True')],
};

checkRule(kamajiControlPlane, { spec }, [
  ['without a status no API server is ready', {}, 'progressing: 0 of 3 API servers ready'],
  ['all up', { status: up }, 'ready'],
  ['a version without v is the same version', { status: { ...up, version: '1.34.9' } }, 'ready'],
  [
    'status.ready stays true during an upgrade and is not believed',
    { status: { ...up, version: 'v1.33.13' } },
    'progressing: runs v1.33.13, v1.34.9 is wanted',
  ],
  ['some up', { status: { ...up, readyReplicas: 2 } }, 'progressing: 2 of 3 API servers ready'],
  [
    'some of the old revision',
    { status: { ...up, upToDateReplicas: 1 } },
    'progressing: 1 of 3 API servers up to date',
  ],
  [
    'all replicas up but no answer yet',
    { status: { ...up, ready: false } },
    'progressing: waits for the Kubernetes API to answer',
  ],
  [
    'Available of an older generation is no answer',
    { status: { ...up, conditions: [condition('Available', 'True', 'Available', '', 1)] } },
    'progressing: waits for the Kubernetes API to answer',
  ],
  ['a failure', { status: { failureMessage: 'no data store' } }, 'failed: no data store'],
  [
    'a refusal by Kamaji is a failure',
    { status: { conditions: [condition('TenantControlPlaneCreated', 'False', 'Failed', 'bad version')] } },
    'failed: refused by Kamaji: bad version',
  ],
]);
