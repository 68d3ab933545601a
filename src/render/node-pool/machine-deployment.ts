import type { NodePoolSpec, ZoneBounds } from '../../api/parts/node-pool.ts';
import { type JsonObject, objectAt } from '../../base/json.ts';
import { CLUSTER_API_LABEL } from '../../base/labels.ts';
import type { ClusterId } from '../../base/names.ts';
import type { KubeObject } from '../../base/object.ts';
import { present } from '../../base/present.ts';
import { allocatable } from './capacity.ts';
import { gpuCapacity } from './gpu.ts';
import { joined, kubeletLabels, roleLabels, zoneLabels } from './labels.ts';
import { sortedTaints, written } from './taints.ts';
import { deploymentName } from './template-name.ts';

const DEPLOYMENT_NAME_LABEL = 'cluster.x-k8s.io/deployment-name';
const CAPACITY = 'capacity.cluster-autoscaler.kubernetes.io';
const MAX_PODS = 110;

/** Longest a node may hold up its own replacement: Pods that do not leave, volumes that do not let go. */
const DELETION = {
  nodeDrainTimeoutSeconds: 900,
  nodeVolumeDetachTimeoutSeconds: 300,
  nodeDeletionTimeoutSeconds: 60,
};

export interface ZoneTemplates {
  machine: string;
  bootstrap: string;
}

/** The nodes of one zone. The autoscaler moves their number between the bounds. */
export function machineDeployment(
  id: ClusterId,
  spec: NodePoolSpec,
  zone: string,
  bounds: ZoneBounds,
  templates: ZoneTemplates,
  replicas: number | undefined,
): KubeObject {
  const name = deploymentName(id, spec.group, zone);
  const selector = { [CLUSTER_API_LABEL]: id.name, [DEPLOYMENT_NAME_LABEL]: name };
  return {
    apiVersion: 'cluster.x-k8s.io/v1beta2',
    kind: 'MachineDeployment',
    metadata: {
      name,
      namespace: id.namespace,
      labels: zoneLabels(id, spec, zone),
      annotations: { ...autoscaling(bounds), ...capacity(spec, zone) },
    },
    spec: present({
      clusterName: id.name,
      replicas,
      selector: { matchLabels: selector },
      rollout: { strategy: { type: 'RollingUpdate', rollingUpdate: rollingUpdate(spec) } },
      template: {
        metadata: { labels: { ...zoneLabels(id, spec, zone), ...selector, ...roleLabels(spec) } },
        spec: {
          clusterName: id.name,
          version: spec.version,
          // For people: the KubeVirt provider goes by the node selector of the machine template.
          failureDomain: zone,
          bootstrap: {
            configRef: {
              apiGroup: 'bootstrap.cluster.x-k8s.io',
              kind: 'KubeadmConfigTemplate',
              name: templates.bootstrap,
            },
          },
          infrastructureRef: {
            apiGroup: 'infrastructure.cluster.x-k8s.io',
            kind: 'KubevirtMachineTemplate',
            name: templates.machine,
          },
          deletion: { ...DELETION },
        },
      },
    }),
  };
}

/** One node more at a time and none fewer (H48), where nothing else is said. */
function rollingUpdate({ rollout }: NodePoolSpec): JsonObject {
  return { maxSurge: rollout?.maxSurge ?? 1, maxUnavailable: rollout?.maxUnavailable ?? 0 };
}

/** The same with the nodes it makes now: replaced by none, and described to the autoscaler as they are. */
export function withoutChange(desired: KubeObject, observed: KubeObject): KubeObject {
  const { annotations = {}, ...metadata } = desired.metadata;
  const isCapacity = ([key]: [string, string]) => key.startsWith(`${CAPACITY}/`);
  const capacities = Object.entries(observed.metadata.annotations ?? {}).filter(isCapacity);
  return {
    ...desired,
    metadata: {
      ...metadata,
      annotations: Object.fromEntries([
        ...Object.entries(annotations).filter(entry => !isCapacity(entry)),
        ...capacities,
      ]),
    },
    spec: { ...objectAt(desired, 'spec'), template: objectAt(observed, 'spec', 'template') },
  };
}

function autoscaling({ min, max }: ZoneBounds): Record<string, string> {
  return {
    'cluster.x-k8s.io/cluster-api-autoscaler-node-group-min-size': String(min),
    'cluster.x-k8s.io/cluster-api-autoscaler-node-group-max-size': String(max),
    // Importing the node image into a new disk takes minutes on a busy platform.
    'cluster.x-k8s.io/autoscaling-options-maxnodeprovisiontime': '30m',
  };
}

/**
 * What a node of this zone will be, so that the autoscaler can choose the group while it has none
 * (decision capacity-annotations).
 */
function capacity(spec: NodePoolSpec, zone: string): Record<string, string> {
  const { millicores, mebibytes, diskMebibytes } = allocatable(spec.machine, spec.disk.size);
  const taints = sortedTaints(spec).map(written);
  return present({
    [`${CAPACITY}/cpu`]: `${millicores}m`,
    [`${CAPACITY}/memory`]: `${mebibytes}Mi`,
    [`${CAPACITY}/ephemeral-disk`]: `${diskMebibytes}Mi`,
    [`${CAPACITY}/maxPods`]: String(MAX_PODS),
    [`${CAPACITY}/labels`]: joined({ ...kubeletLabels(spec, zone), ...roleLabels(spec) }),
    [`${CAPACITY}/taints`]: taints.length > 0 ? taints.join(',') : undefined,
    ...gpuCapacity(spec.gpus),
  });
}
