import { kubevirtCluster } from './kubevirt-cluster.ts';
import { checkRule } from './testing/check-rule.ts';

checkRule(kubevirtCluster, {}, [
  ['without a status it waits for Kamaji', {}, 'progressing: waits for the endpoint of the control plane'],
  ['marked ready', { status: { ready: true } }, 'ready'],
]);
