import { type NodePoolSpec, type NodePoolStatus, nodePoolSpec } from '../../api/parts/node-pool.ts';
import { type JsonObject, numberAt } from '../../base/json.ts';
import type { ClusterId } from '../../base/names.ts';
import type { KubeObject } from '../../base/object.ts';
import { present } from '../../base/present.ts';
import type { Hold } from '../../plan/change/pending.ts';
import { holdZones } from '../../plan/change/zone-guards/index.ts';
import { renderNodePool } from '../../render/node-pool/index.ts';
import { leavingOfPool } from '../../render/node-pool/leaving.ts';
import { gpuMachinesLeft, observedDeployments } from '../../render/node-pool/observed.ts';
import { zoneStates } from '../../render/node-pool/zones.ts';
import { composeChild } from '../child.ts';
import { clusterIdOf } from '../judge.ts';
import type { ComposeInput, Composer } from '../types.ts';

/** HikubeNodePool: the nodes of one group in all its zones. */
export const composeNodePool: Composer = input => {
  const { observed } = input;
  let zones: ReadonlyMap<string, Hold> | undefined;
  const held = (id: ClusterId, spec: NodePoolSpec) => {
    zones ??= heldZones(id, spec, observed);
    return zones;
  };
  return composeChild<NodePoolSpec>(
    {
      schema: nodePoolSpec,
      render: (id, spec) => renderNodePool(id, spec, observed, held(id, spec)),
      leaving: spec => leavingOfPool(spec, observed),
      waits: (id, spec) => [...held(id, spec).values()][0]?.reason,
      status: (spec, { composite }) => ({
        ...nodePoolStatus(spec, observedDeployments(observed)),
        ...pendingStatus([...held(clusterIdOf(composite, spec), spec).values()]),
        gpuNodes: gpuMachinesLeft(observed),
      }),
    },
    input,
  );
};

function pendingStatus(holds: readonly Hold[]): JsonObject {
  return holds.length > 0 ? { pending: holds.map(({ code, reason, remedy }) => ({ code, reason, remedy })) } : {};
}

/** Zones that may not go over to new templates yet, and why. */
export function heldZones(id: ClusterId, spec: NodePoolSpec, observed: ComposeInput['observed']): Map<string, Hold> {
  return holdZones(zoneStates(id, spec, observed), spec.rollout?.zonesInTurn ?? false);
}

/** Nodes by zone and in sum; the plan reads from it where nodes stand. */
function nodePoolStatus(spec: NodePoolSpec, deployments: ReadonlyMap<string, KubeObject>): JsonObject {
  const zones: NonNullable<NodePoolStatus['zones']> = {};
  const sum = { desired: 0, ready: 0, upToDate: 0 };
  for (const zone of [...new Set([...Object.keys(spec.zones), ...deployments.keys()])].sort()) {
    const { min, max } = spec.zones[zone] ?? { min: 0, max: 0 };
    const deployment = deployments.get(zone);
    const counts = deployment ? countsOf(deployment) : max === 0 ? NO_NODES : {};
    zones[zone] = { min, max, ...counts };
    sum.desired += counts.desired ?? min;
    sum.ready += counts.ready ?? 0;
    sum.upToDate += numberAt(deployment, 'status', 'upToDateReplicas') ?? 0;
  }
  return { ...sum, zones };
}

interface Counts {
  desired?: number;
  ready?: number;
  standing?: number;
}

/** A zone that may have no nodes and never got a MachineDeployment, or has lost it together with its last node. */
const NO_NODES: Counts = { desired: 0, ready: 0, standing: 0 };

/** What a MachineDeployment does not say stays out, because a number that is missing is not 0. */
function countsOf(deployment: KubeObject): Counts {
  const standing = numberAt(deployment, 'status', 'replicas');
  const desired = numberAt(deployment, 'spec', 'replicas') ?? standing;
  const ready = numberAt(deployment, 'status', 'readyReplicas') ?? 0;
  return present({ desired, standing, ready: standing === undefined ? undefined : ready });
}
