import { type NodePoolSpec, type NodePoolStatus, nodePoolSpec } from '../api/children/node-pool.ts';
import { type JsonObject, numberAt } from '../api/json.ts';
import type { KubeObject } from '../api/object.ts';
import { renderNodePool } from '../render/node-pool/index.ts';
import { gpuMachinesLeft, observedDeployments } from '../render/node-pool/observed.ts';
import { composeChild } from './child.ts';
import type { Composer } from './types.ts';

/** HikubeNodePool: the nodes of one group in all its zones. */
export const composeNodePool: Composer = input =>
  composeChild<NodePoolSpec>(
    {
      schema: nodePoolSpec,
      render: (id, spec, { observed }) => renderNodePool(id, spec, observed),
      status: (spec, { observed }) => ({
        ...nodePoolStatus(spec, observedDeployments(observed)),
        gpuNodes: gpuMachinesLeft(observed),
      }),
    },
    input,
  );

/** Nodes by zone and in sum; the plan reads from it where nodes stand. */
function nodePoolStatus(spec: NodePoolSpec, deployments: ReadonlyMap<string, KubeObject>): JsonObject {
  const zones: NonNullable<NodePoolStatus['zones']> = {};
  const sum = { desired: 0, ready: 0, upToDate: 0 };
  for (const zone of [...new Set([...Object.keys(spec.zones), ...deployments.keys()])].sort()) {
    const { min, max } = spec.zones[zone] ?? { min: 0, max: 0 };
    const counts = countsOf(deployments.get(zone), min);
    zones[zone] = { min, max, desired: counts.desired, ready: counts.ready };
    sum.desired += counts.desired;
    sum.ready += counts.ready;
    sum.upToDate += counts.upToDate;
  }
  return { ...sum, zones };
}

function countsOf(deployment: KubeObject | undefined, min: number) {
  return {
    desired: numberAt(deployment, 'spec', 'replicas') ?? numberAt(deployment, 'status', 'replicas') ?? min,
    ready: numberAt(deployment, 'status', 'readyReplicas') ?? 0,
    upToDate: numberAt(deployment, 'status', 'upToDateReplicas') ?? 0,
  };
}
