import { z } from 'zod';
import { MAX_GPUS, MAX_GROUP_NAME, MAX_ROLES, MAX_TAINTS, MAX_ZONES } from '../limits.ts';
import { taint } from '../v1alpha1/node-group.ts';
import { zoneStatus } from '../v1alpha1/status.ts';
import { partBase, partStatus } from './common.ts';

const zoneBounds = z.object({
  min: z.int().min(0).describe('Fewest nodes in this zone.'),
  max: z.int().min(0).describe('Most nodes in this zone.'),
  leaving: z
    .boolean()
    .optional()
    .describe(
      'The group leaves this zone: its nodes go one at a time, and its bounds come on top of those of the group.',
    ),
});
export type ZoneBounds = z.infer<typeof zoneBounds>;

/** `HikubeNodePool.spec`: one node group, resolved. */
export const nodePoolSpec = z
  .object({
    ...partBase,
    group: z.string().min(1).max(MAX_GROUP_NAME).describe('Name of the node group.'),
    version: z.string().describe('Kubernetes version, vX.Y.Z.'),
    epoch: z.int().min(0).describe('Raised by the plan to replace all nodes; enters the names of the node templates.'),
    image: z.string().describe('Node image, a container disk.'),
    machine: z
      .object({
        instanceType: z
          .string()
          .optional()
          .describe(
            'Instance type the machines name; absent when CPU and memory are given directly, which KubeVirt refuses together.',
          ),
        cpu: z.int().min(1).describe('vCPU of each node.'),
        memory: z.string().describe('Memory of each node.'),
      })
      .describe('Shape of each node.'),
    asked: z
      .object({
        instanceType: z.string().optional().describe('Instance type, where CPU or memory override it.'),
        gpus: z
          .array(z.string())
          .max(MAX_GPUS)
          .optional()
          .describe('GPU names, where they are not the devices themselves.'),
      })
      .optional()
      .describe('What the claim calls them: a name that has left the catalogue is known again by it.'),
    disk: z
      .object({ size: z.string().describe('Size.'), storageClass: z.string().describe('Class on the platform.') })
      .describe('Disk of each node.'),
    gpus: z
      .object({
        model: z.string().describe('Model, the value of the label gpu-type.'),
        devices: z.array(z.string()).min(1).max(MAX_GPUS).describe('Device names, one entry per GPU of a node.'),
      })
      .optional()
      .describe('GPUs of each node.'),
    roles: z.array(z.string()).max(MAX_ROLES).describe('Node roles.'),
    labels: z.record(z.string(), z.string()).describe('Labels set by the kubelet.'),
    taints: z.array(taint).max(MAX_TAINTS).describe('Taints set by the kubelet.'),
    zones: z.record(z.string(), zoneBounds).describe('Bounds by zone; their sums are the bounds of the group.'),
    rollout: z
      .object({
        maxSurge: z.int().min(0).describe('Nodes more than wanted while a zone is replaced.'),
        maxUnavailable: z.int().min(0).describe('Nodes fewer than wanted.'),
        zonesInTurn: z.boolean().optional().describe('Whether one zone is replaced after another.'),
      })
      .optional()
      .describe('How nodes are replaced; absent means one node more at a time and none fewer, in all zones at once.'),
    pausedZones: z
      .array(z.string())
      .max(MAX_ZONES)
      .optional()
      .describe('Lost zones, where health checks and rollouts pause.'),
  })
  .describe('Resolved node group of one cluster.');
export type NodePoolSpec = z.infer<typeof nodePoolSpec>;

export const nodePoolStatus = partStatus
  .extend({
    desired: z.int().optional().describe('Nodes wanted now.'),
    ready: z.int().optional().describe('Nodes ready now.'),
    upToDate: z.int().optional().describe('Nodes up to date.'),
    pending: z
      .array(
        z.object({
          code: z.string().describe('Stable code of what it waits for, documented in docs/errors.md.'),
          reason: z.string().describe('Why it is held back.'),
          remedy: z.string().describe('What would free it.'),
        }),
      )
      .optional()
      .describe('What of the last change is held back, an entry a zone.'),
    zones: z.record(z.string(), zoneStatus).optional().describe('The same by zone.'),
    gpuNodes: z
      .boolean()
      .optional()
      .describe(
        'Whether nodes with GPUs may stand: until the last one of a group whose GPUs were taken out is replaced.',
      ),
  })
  .describe('State of the node group.');
export type NodePoolStatus = z.infer<typeof nodePoolStatus>;
