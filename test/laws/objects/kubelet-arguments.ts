import { listAt, stringAt } from '../../../src/base/json.ts';
import type { KubeObject } from '../../../src/base/object.ts';
import type { ObjectLaw } from './types.ts';

/** Longest value of an argument in `bootstrap.cluster.x-k8s.io/v1beta2`; a longer one is refused, and with it the group. */
const LONGEST = 1024;

export const kubeletArguments: ObjectLaw = {
  fact: `gives the kubelet no argument longer than the ${LONGEST} characters Cluster API takes`,
  violations: object =>
    listAt(object, 'spec', 'template', 'spec', 'joinConfiguration', 'nodeRegistration', 'kubeletExtraArgs').flatMap(
      argument => {
        const value = stringAt(argument, 'value') ?? '';
        return value.length > LONGEST ? [`${stringAt(argument, 'name')}: ${value.length} characters`] : [];
      },
    ),
  broken: [template('x'.repeat(1025))],
};

function template(value: string): KubeObject {
  const nodeRegistration = { kubeletExtraArgs: [{ name: 'node-labels', value }] };
  return {
    apiVersion: 'bootstrap.cluster.x-k8s.io/v1beta2',
    kind: 'KubeadmConfigTemplate',
    metadata: { name: 'a', namespace: 'acme' },
    spec: { template: { spec: { joinConfiguration: { nodeRegistration } } } },
  };
}
