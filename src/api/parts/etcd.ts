import { z } from 'zod';
import { MAX_ZONES } from '../limits.ts';
import { partBase, partStatus, size } from './common.ts';

/** `HikubeEtcd.spec`: one member per zone, with its own PKI. */
export const etcdSpec = z
  .object({
    ...partBase,
    version: z.string().describe('etcd version, without v.'),
    zones: z.array(z.string()).min(1).max(MAX_ZONES).describe('Zones; one member stands in each.'),
    storage: z
      .object({
        size: z.string().describe('Volume of each member.'),
        storageClass: z.string().describe('Class of the volumes: local to the node, because raft replicates already.'),
      })
      .describe('Volumes of the members.'),
    resources: size.describe('CPU and memory of each member.'),
  })
  .describe('Resolved etcd of one cluster.');
export type EtcdSpec = z.infer<typeof etcdSpec>;

export const etcdStatus = partStatus
  .extend({
    members: z.int().optional().describe('Members wanted.'),
    readyMembers: z.int().optional().describe('Members ready.'),
  })
  .describe('State of the etcd.');
export type EtcdStatus = z.infer<typeof etcdStatus>;
