import { z } from 'zod';
import { KEY_PATTERN, MAX_KEY, MAX_VALUE, VALUE_PATTERN } from '../../base/labels.ts';
import { MAX_GPUS, MAX_LABELS, MAX_ROLES, MAX_TAINTS, MAX_ZONES } from '../limits.ts';
import { resources, sizeQuantity } from './resources.ts';

export const gpu = z.object({
  name: z
    .string()
    .min(1)
    .max(253)
    .describe('GPU model, for example `nvidia.com/AD102GL_L40S`, or its alias `nvidia.com/L40S`.'),
});

export const taint = z.object({
  key: z.string().min(1).max(MAX_KEY).regex(KEY_PATTERN).describe('Taint key.'),
  value: z.string().max(MAX_VALUE).regex(VALUE_PATTERN).optional().describe('Taint value.'),
  effect: z
    .enum(['NoSchedule', 'PreferNoSchedule', 'NoExecute'])
    .describe('What happens to pods that do not tolerate it.'),
});
export type Taint = z.infer<typeof taint>;

/** How the nodes of a group are replaced when they must be. */
export const rollout = z
  .object({
    maxSurge: z.int().min(0).max(100).optional().describe('Nodes more than wanted in each zone meanwhile.'),
    maxUnavailable: z.int().min(0).max(100).optional().describe('Nodes fewer than wanted in each zone meanwhile.'),
  })
  .meta({
    'x-kubernetes-validations': [
      {
        rule: '!(has(self.maxSurge) && has(self.maxUnavailable)) || self.maxSurge + self.maxUnavailable > 0',
        message:
          'InvalidField: maxSurge and maxUnavailable are both 0, so that no node could ever be replaced; raise one',
      },
    ],
  })
  .describe(
    'How nodes are replaced when their version or shape changes. Absent means one more at a time and none fewer, in all zones at once; for groups with GPUs, of which there may be no spare, one fewer at a time and none more, one zone after another.',
  );

/** One entry of `spec.nodeGroups` (D15 to D17 for what is optional). */
export const nodeGroup = z
  .object({
    minReplicas: z
      .int()
      .min(0)
      .max(1000)
      .default(0)
      .describe('Fewest nodes the autoscaler keeps; 0 lets the group sleep.'),
    maxReplicas: z.int().min(0).max(1000).default(10).describe('Most nodes the autoscaler may add.'),
    instanceType: z
      .string()
      .min(1)
      .max(63)
      .describe('Machine size from the catalogue, for example `s1.large` (4 vCPU, 8 GiB), `u1.xlarge` or `m1.large`.'),
    ephemeralStorage: z
      .union([
        sizeQuantity('Disk of each node, for example `50Gi`.'),
        z.object({ size: sizeQuantity('Disk of each node.') }),
      ])
      .optional()
      .describe(
        "System and scratch disk of each node (images, logs, caches), for example `50Gi`; `{size: 50Gi}` means the same. Empty or absent means the platform's default when the group is made, and then what the group has.",
      ),
    roles: z
      .array(z.string().min(1).max(MAX_VALUE).regex(VALUE_PATTERN))
      .max(MAX_ROLES)
      .optional()
      .describe(
        'Roles of the nodes, for example `ingress-nginx` or `monitoring`; each becomes the label node-role.kubernetes.io/<role>.',
      ),
    resources: resources.optional().describe('CPU and memory that override the instance type.'),
    gpus: z
      .array(gpu)
      .max(MAX_GPUS)
      .optional()
      .describe('GPUs of each node: one entry per physical GPU; repeat an entry for several.'),
    storageClass: z
      .string()
      .max(63)
      .optional()
      .describe("Class of the nodes' disks; empty or absent means the cluster's class."),
    zones: z
      .array(z.string().min(1).max(63))
      .max(MAX_ZONES)
      .optional()
      .describe("Zones the group's nodes are spread over; absent means all zones of the cluster."),
    labels: z
      .record(z.string().max(MAX_KEY), z.string().max(MAX_VALUE))
      .refine(labels => Object.keys(labels).length <= MAX_LABELS, `has more than ${MAX_LABELS} entries`)
      .meta({ maxProperties: MAX_LABELS })
      .optional()
      .describe('Labels of the nodes. Changing them replaces the nodes, as the kubelet sets them when it joins.'),
    rollout: rollout.optional(),
    taints: z
      .array(taint)
      .max(MAX_TAINTS)
      .optional()
      .describe('Taints of the nodes. Changing them replaces the nodes.'),
  })
  .meta({
    'x-kubernetes-validations': [
      {
        rule: 'self.minReplicas <= self.maxReplicas',
        // A plain message: the API server refuses the cost of an expression that prints the numbers.
        message: 'MinAboveMax: minReplicas is above maxReplicas; lower minReplicas or raise maxReplicas',
        fieldPath: '.minReplicas',
      },
    ],
  })
  .describe('A group of worker nodes of one size, scaled between its bounds.');
export type NodeGroup = z.infer<typeof nodeGroup>;
