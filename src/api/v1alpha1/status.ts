import { z } from 'zod';

const text = (description: string) => z.string().optional().describe(description);
const count = (description: string) => z.int().optional().describe(description);

/** A refusal or warning about the claim: stable code, where, what is wrong, what would be right. */
export const problem = z.object({
  code: z.string().describe('Stable code of the problem, documented in docs/errors.md.'),
  path: z.string().describe('Field the problem is about.'),
  message: z.string().describe('What is wrong.'),
  remedy: z.string().describe('What would be right.'),
});

/** What leaves, and why: written here and in every part, so that nothing goes in silence. */
export const leavingLine = z.object({
  part: z.string().describe('What leaves.'),
  reason: z.string().describe('Why it may.'),
});
export type LeavingLine = z.infer<typeof leavingLine>;

/** Something of an accepted claim that waits: stable code, what part, why, what would free it. */
export const pending = z.object({
  code: z.string().describe('Stable code of what it waits for, documented in docs/errors.md.'),
  part: z.string().describe('Part of the cluster that waits, for example `control-plane` or `pool-web`.'),
  path: z.string().describe('Field held back.'),
  reason: z.string().describe('Why it is held back.'),
  remedy: z.string().describe('What would free it.'),
  until: text('When it goes on, where that is known.'),
});
export type PendingStatus = z.infer<typeof pending>;

/** What one zone of a node group looks like. */
export const zoneStatus = z.object({
  min: count('Fewest nodes in this zone.'),
  max: count('Most nodes in this zone.'),
  desired: count('Nodes wanted now.'),
  ready: count('Nodes ready now.'),
  standing: count('Machines that are there, those on their way out included; absent while nobody knows.'),
});

const nodeGroupStatus = z.object({
  desired: count('Nodes wanted now.'),
  ready: count('Nodes ready now.'),
  upToDate: count('Nodes that have the wanted version and shape.'),
  zones: z.record(z.string(), zoneStatus).optional().describe('The same by zone.'),
  message: text('What the group waits for; absent when it is ready.'),
});

/**
 * `HikubeCluster.status`: answers to a tenant's questions (decision status-answers). Nothing in it decides anything.
 */
export const clusterStatus = z
  .object({
    version: text('Kubernetes version the control plane runs.'),
    endpoint: text('URL of the Kubernetes API.'),
    kubeconfigSecret: text(
      'Secret in the namespace of the claim that holds the administrator kubeconfig; from outside the platform put `endpoint` in place of its server.',
    ),
    nodes: text('Ready and wanted nodes, for example `3/3`.'),
    dns: z
      .array(
        z.object({
          name: z.string().describe('Name of the record.'),
          type: z.string().describe('Type of the record.'),
          target: text('What it points to, once the shared ingress has told where it is.'),
        }),
      )
      .optional()
      .describe('DNS records to create.'),
    accepted: z
      .object({
        version: text('Kubernetes version.'),
        storageClass: text('Default storage class.'),
        nodeGroups: z.array(z.string()).optional().describe('Node groups.'),
      })
      .optional()
      .describe('Summary of what was last let through.'),
    problems: z.array(problem).optional().describe('What is wrong with the claim; empty when it is accepted.'),
    warnings: z.array(problem).optional().describe('What is accepted but probably not meant.'),
    pending: z.array(pending).optional().describe('What of the claim is accepted and waits; it goes on by itself.'),
    leaving: z.array(leavingLine).optional().describe('What leaves the cluster now, and why.'),
    waiting: z
      .array(
        z.object({ part: z.string().describe('Part that waits.'), message: z.string().describe('What it waits for.') }),
      )
      .optional()
      .describe('What waits for what.'),
    etcd: z
      .object({ members: count('Members wanted.'), ready: count('Members ready.') })
      .optional()
      .describe('The etcd behind the control plane.'),
    controlPlane: z
      .object({ replicas: count('API servers wanted.'), ready: count('API servers ready.') })
      .optional()
      .describe('The hosted control plane.'),
    nodeGroups: z.record(z.string(), nodeGroupStatus).optional().describe('Node groups by name.'),
    addons: z
      .record(
        z.string(),
        z.object({
          version: text('Chart version.'),
          state: text('Ready, Progressing or Failed.'),
          message: text('What it waits for.'),
        }),
      )
      .optional()
      .describe('Add-ons by name.'),
    usage: z
      .object({
        vcpu: count('vCPU of the nodes at their fewest.'),
        vcpuMax: count('vCPU of the nodes at their most.'),
        memoryGiB: count('Memory of the nodes at their fewest, in GiB.'),
        memoryGiBMax: count('Memory of the nodes at their most, in GiB.'),
        gpus: count('GPUs at the fewest nodes.'),
        gpusMax: count('GPUs at the most nodes.'),
        diskGiB: count('Node disks at the fewest nodes, in GiB.'),
        diskGiBMax: count('Node disks at the most nodes, in GiB.'),
      })
      .optional()
      .describe('What the cluster takes of the platform, between its bounds.'),
  })
  .describe('What the cluster is and what it waits for.');
export type ClusterStatus = z.infer<typeof clusterStatus>;
export type ProblemStatus = z.infer<typeof problem>;
