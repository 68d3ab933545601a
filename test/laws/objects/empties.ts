import { isObject } from '../../../src/base/json.ts';
import type { KubeObject } from '../../../src/base/object.ts';
import { placesWithin } from './places.ts';
import type { ObjectLaw } from './types.ts';

const STRICT = /^(bootstrap\.)?cluster\.x-k8s\.io\/v1beta2$/;

export const empties: ObjectLaw = {
  fact: 'holds nothing empty where Cluster API refuses it, the selector of a MachineDeployment aside',
  violations: object => {
    if (!STRICT.test(object.apiVersion)) return [];
    return placesWithin(object.spec, 'spec')
      .filter(({ value }) => (Array.isArray(value) || isObject(value)) && Object.keys(value).length === 0)
      .map(({ path }) => path)
      .filter(path => !(object.kind === 'MachineDeployment' && path === 'spec.selector'));
  },
  broken: [cluster({ selector: {} }), cluster({ template: { taints: [] } })],
};

function cluster(spec: { [key: string]: object }): KubeObject {
  return JSON.parse(
    JSON.stringify({ apiVersion: 'cluster.x-k8s.io/v1beta2', kind: 'Cluster', metadata: { name: 'a' }, spec }),
  );
}
