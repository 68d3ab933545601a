import { z } from 'zod';
import { MAX_GROUP_NAME, MAX_NODE_GROUPS, MAX_ZONES } from '../limits.ts';
import { addons } from './addons.ts';
import { controlPlane, kamajiControlPlane } from './control-plane.ts';
import { nodeGroup } from './node-group.ts';

/** `HikubeCluster.spec`: what a tenant asks for, before any decision. */
export const clusterSpec = z
  .object({
    version: z
      .string()
      .max(16)
      .optional()
      .describe(
        "Kubernetes version: `v1.36`, `1.36` or with a patch, matched on the minor; the platform's patch runs. Absent means the platform's default.",
      ),
    host: z
      .string()
      .max(253)
      .optional()
      .describe(
        'Public host name of the Kubernetes API, one name of your own; empty or absent means `<name>.<namespace>.<platform domain>`.',
      ),
    storageClass: z
      .string()
      .max(63)
      .optional()
      .describe(
        "Default class of volumes and node disks, for example `replicated`, `replicated-async` or `local`; empty or absent means the platform's default. It cannot be changed later.",
      ),
    zones: z
      .array(z.string().min(1).max(63))
      .min(1)
      .max(MAX_ZONES)
      .optional()
      .describe('Zones of the cluster; absent means all zones of the platform. etcd has one member in each.'),
    controlPlane: controlPlane.prefault({}),
    kamajiControlPlane: kamajiControlPlane.optional(),
    nodeGroups: z
      .record(z.string(), nodeGroup)
      .meta({ maxProperties: MAX_NODE_GROUPS })
      .default({})
      .describe(`Groups of worker nodes by name. A name is DNS-1035 and at most ${MAX_GROUP_NAME} characters long.`),
    addons: addons.prefault({}),
  })
  .describe('What the tenant asks for.');

export type ClusterSpec = z.infer<typeof clusterSpec>;
