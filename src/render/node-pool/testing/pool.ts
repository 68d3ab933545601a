import type { NodePoolSpec } from '../../../api/parts/node-pool.ts';
import type { JsonObject } from '../../../base/json.ts';
import type { ClusterId } from '../../../base/names.ts';
import type { KubeObject } from '../../../base/object.ts';
import { withReadyStatus } from '../../../readiness/index.ts';
import type { Rendered } from '../../types.ts';

export const shop: ClusterId = { namespace: 'acme', name: 'shop' };

/** The resolved spec of a group `web`, with changes for one test. */
export function pool(changes: Partial<NodePoolSpec> = {}): NodePoolSpec {
  return {
    cluster: 'shop',
    group: 'web',
    version: 'v1.34.9',
    epoch: 0,
    image: 'ghcr.io/hidoraswiss/hikube-node:v1.34.9',
    machine: { instanceType: 's1.large', cpu: 4, memory: '8Gi' },
    disk: { size: '50Gi', storageClass: 'replicated' },
    roles: [],
    labels: {},
    taints: [],
    zones: { geneva: { min: 1, max: 4 }, lucerne: { min: 1, max: 3 }, gland: { min: 0, max: 3 } },
    ...changes,
  };
}

export const l40s = { model: 'L40S', devices: ['nvidia.com/AD102GL_L40S', 'nvidia.com/AD102GL_L40S'] };

/** What was rendered as it is observed once its controllers have done their work. */
export function settledAfter(rendered: Rendered): Map<string, KubeObject> {
  return new Map([...rendered].map(([name, object]) => [name, withReadyStatus(withReplicas(object))]));
}

/** Adds what the API server and other controllers write into a MachineDeployment. */
export function observedAs(object: KubeObject, spec: JsonObject, status: JsonObject): KubeObject {
  const merged = (key: 'spec' | 'status') =>
    typeof object[key] === 'object' && object[key] !== null ? object[key] : {};
  return { ...object, spec: { ...merged('spec'), ...spec }, status: { ...merged('status'), ...status } };
}

/** Cluster API's webhook sets the number of nodes where nobody else has. */
function withReplicas(object: KubeObject): KubeObject {
  const min = object.metadata.annotations?.['cluster.x-k8s.io/cluster-api-autoscaler-node-group-min-size'];
  return min === undefined ? object : observedAs(object, { replicas: Number(min) }, {});
}
