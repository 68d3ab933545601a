import { booleanAt } from '../base/json.ts';
import { progressing, ready } from './conditions.ts';
import type { ReadinessRule } from './types.ts';

/** KubevirtCluster: Kamaji's provider marks it ready once it has published the endpoint there. */
export const kubevirtCluster: ReadinessRule = {
  apiVersion: 'infrastructure.cluster.x-k8s.io/v1alpha1',
  kind: 'KubevirtCluster',
  check: object =>
    booleanAt(object, 'status', 'ready') === true ? ready : progressing('waits for the endpoint of the control plane'),
  readyStatus: () => ({ ready: true }),
};
