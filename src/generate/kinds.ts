import type { z } from 'zod';
import { CLAIM_KIND, type CompositeKind, KINDS } from '../api/group.ts';
import { addonsSpec, addonsStatus } from '../api/parts/addons.ts';
import { controlPlaneSpec, controlPlaneStatus } from '../api/parts/control-plane.ts';
import { etcdSpec, etcdStatus } from '../api/parts/etcd.ts';
import { nodePoolSpec, nodePoolStatus } from '../api/parts/node-pool.ts';
import { platformSpec, platformStatus } from '../api/platform.ts';
import { clusterSpec } from '../api/v1alpha1/cluster.ts';
import { clusterStatus } from '../api/v1alpha1/status.ts';
import type { JsonObject } from '../base/json.ts';

/** A column of `kubectl get`; Crossplane adds Synced, Ready and Age itself. */
interface Column extends JsonObject {
  name: string;
  type: 'string' | 'integer';
  jsonPath: string;
}

/** What is said of one composite kind, apart from what its schemas say. */
export interface CompositeDefinition {
  kind: CompositeKind;
  plural: string;
  /** Legacy kinds have a claim; the others are written directly (decision claim-is-legacy). */
  scope: 'LegacyCluster' | 'Namespaced' | 'Cluster';
  claim?: { kind: string; plural: string; shortName: string };
  description: string;
  spec: z.ZodType;
  status: z.ZodType;
  columns: Column[];
}

/** Every composite kind of the contract, in reading order. */
export const compositeDefinitions: CompositeDefinition[] = [
  {
    kind: KINDS.cluster,
    plural: 'xhikubeclusters',
    scope: 'LegacyCluster',
    claim: { kind: CLAIM_KIND, plural: 'hikubeclusters', shortName: 'hkc' },
    description:
      'A managed Kubernetes cluster: hosted control plane, etcd and worker machines over the zones of the platform.',
    spec: clusterSpec,
    status: clusterStatus,
    columns: [text('Version', '.status.version'), text('Endpoint', '.status.endpoint'), text('Nodes', '.status.nodes')],
  },
  {
    kind: KINDS.etcd,
    plural: 'hikubeetcds',
    scope: 'Namespaced',
    description: 'The etcd of one cluster, one member per zone. Made by a HikubeCluster; not to be written by hand.',
    spec: etcdSpec,
    status: etcdStatus,
    columns: [
      text('Cluster', '.spec.cluster'),
      whole('Members', '.status.readyMembers'),
      text('Waiting', '.status.message'),
    ],
  },
  {
    kind: KINDS.controlPlane,
    plural: 'hikubecontrolplanes',
    scope: 'Namespaced',
    description:
      'The hosted control plane of one cluster, named as its claim. Made by a HikubeCluster; not to be written by hand.',
    spec: controlPlaneSpec,
    status: controlPlaneStatus,
    columns: [
      text('Version', '.status.version'),
      whole('Replicas', '.status.readyReplicas'),
      text('Waiting', '.status.message'),
    ],
  },
  {
    kind: KINDS.nodePool,
    plural: 'hikubenodepools',
    scope: 'Namespaced',
    description: 'One node group of one cluster. Made by a HikubeCluster; not to be written by hand.',
    spec: nodePoolSpec,
    status: nodePoolStatus,
    columns: [
      text('Cluster', '.spec.cluster'),
      text('Group', '.spec.group'),
      whole('Desired', '.status.desired'),
      whole('Nodes', '.status.ready'),
      text('Waiting', '.status.message'),
    ],
  },
  {
    kind: KINDS.addons,
    plural: 'hikubeaddons',
    scope: 'Namespaced',
    description: 'The add-on releases of one cluster. Made by a HikubeCluster; not to be written by hand.',
    spec: addonsSpec,
    status: addonsStatus,
    columns: [text('Cluster', '.spec.cluster'), text('Waiting', '.status.message')],
  },
  {
    kind: KINDS.platform,
    plural: 'hikubeplatforms',
    scope: 'Cluster',
    description:
      'What every cluster of a platform shares: storage classes, instance types and chart sources. One per platform.',
    spec: platformSpec,
    status: platformStatus,
    columns: [text('Waiting', '.status.message')],
  },
];

function text(name: string, jsonPath: string): Column {
  return { name, type: 'string', jsonPath };
}

function whole(name: string, jsonPath: string): Column {
  return { name, type: 'integer', jsonPath };
}
