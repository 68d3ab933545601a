import type { NodePoolSpec } from '../../api/parts/node-pool.ts';
import { numberAt } from '../../base/json.ts';
import { CLUSTER_API_LABEL, NODE_GROUP_LABEL, POOL_ZONE_LABEL } from '../../base/labels.ts';
import { type ClusterId, nameFor } from '../../base/names.ts';
import type { KubeObject } from '../../base/object.ts';
import { present } from '../../base/present.ts';
import { poolLabels } from './labels.ts';

/** Replaces nodes that stay broken (H86), but not in lost zones and not when most of the group breaks at once. */
export function healthCheck(
  id: ClusterId,
  spec: NodePoolSpec,
  deployments: ReadonlyMap<string, KubeObject>,
): KubeObject {
  const paused = [...(spec.pausedZones ?? [])].sort();
  return {
    apiVersion: 'cluster.x-k8s.io/v1beta2',
    kind: 'MachineHealthCheck',
    metadata: { name: nameFor(id, `health-${spec.group}`), namespace: id.namespace, labels: poolLabels(id, spec) },
    spec: {
      clusterName: id.name,
      selector: present({
        matchLabels: { [CLUSTER_API_LABEL]: id.name, [NODE_GROUP_LABEL]: spec.group },
        matchExpressions: paused.length > 0 ? [{ key: POOL_ZONE_LABEL, operator: 'NotIn', values: paused }] : undefined,
      }),
      checks: {
        nodeStartupTimeoutSeconds: 1200,
        unhealthyNodeConditions: [
          { type: 'Ready', status: 'Unknown', timeoutSeconds: 300 },
          { type: 'Ready', status: 'False', timeoutSeconds: 600 },
        ],
      },
      remediation: {
        triggerIf: { unhealthyLessThanOrEqualTo: mostRepairedAtOnce(spec, deployments, paused) },
      },
    },
  };
}

/**
 * Half of the group, but at least one: Cluster API rounds a percentage down, so that `50%` would never repair a group
 * of one node. More broken nodes than that are a fault of something they share, which new nodes would not cure.
 */
function mostRepairedAtOnce(
  spec: NodePoolSpec,
  deployments: ReadonlyMap<string, KubeObject>,
  paused: string[],
): number {
  let nodes = 0;
  for (const [zone, bounds] of Object.entries(spec.zones)) {
    if (!paused.includes(zone)) nodes += numberAt(deployments.get(zone), 'spec', 'replicas') ?? bounds.min;
  }
  return Math.max(1, Math.floor(nodes / 2));
}
