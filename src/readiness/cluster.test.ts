import { cluster } from './cluster.ts';
import { checkRule, condition } from './testing/check-rule.ts';

const steps = ['InfrastructureReady', 'ControlPlaneInitialized', 'ControlPlaneAvailable', 'RemoteConnectionProbe'];
const upTo = (count: number) => steps.slice(0, count).map(type => condition(type, 'True'));

checkRule(cluster, {}, [
  ['without a status it waits for its endpoint', {}, 'progressing: waits for its network endpoint'],
  [
    'the endpoint is there, no API server yet',
    { status: { conditions: upTo(1) } },
    'progressing: waits for the first API server',
  ],
  ['one API server', { status: { conditions: upTo(2) } }, 'progressing: waits for the control plane'],
  [
    'the control plane is up but not reached',
    { status: { conditions: upTo(3) } },
    'progressing: waits for the Kubernetes API to answer',
  ],
  ['reached', { status: { conditions: upTo(4) } }, 'ready'],
  [
    'workers that still join do not hold it up',
    { status: { conditions: [...upTo(4), condition('Available', 'False'), condition('WorkersAvailable', 'False')] } },
    'ready',
  ],
  [
    'the API went silent',
    { status: { conditions: [...upTo(3), condition('RemoteConnectionProbe', 'False')] } },
    'progressing: waits for the Kubernetes API to answer',
  ],
  [
    'a cluster on its way out is not ready',
    { status: { conditions: [...upTo(4), condition('Deleting', 'True')] } },
    'progressing: being deleted',
  ],
]);
