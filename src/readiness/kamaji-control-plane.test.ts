import { kamajiControlPlane } from './kamaji-control-plane.ts';
import { type Case, checkRule, condition } from './testing/check-rule.ts';

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
  ...[
    'admission webhook "vtenantcontrolplane.kb.io" denied the request: unsupported version',
    'TenantControlPlane.kamaji.clastix.io "shop" is invalid: spec.kubernetes.version: too old',
  ].map(
    (message): Case => [
      `a refusal by Kamaji is a failure: ${message}`,
      { status: { conditions: [condition('TenantControlPlaneCreated', 'False', 'Failed', message)] } },
      `failed: refused by Kamaji: ${message}`,
    ],
  ),
  ...[
    'Operation cannot be fulfilled on tenantcontrolplanes "shop": the object has been modified',
    'failed calling webhook: connection refused',
    '',
  ].map(
    (message): Case => [
      `what the provider tries again by itself is none: ${message}`,
      { status: { conditions: [condition('TenantControlPlaneCreated', 'False', 'Failed', message)] } },
      'progressing: being taken up by Kamaji',
    ],
  ),
]);
