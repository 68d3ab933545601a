import type { ClusterStatus, PendingStatus, ProblemStatus } from '../../api/v1alpha1/status.ts';
import { clip, MESSAGE_LENGTH } from '../../base/clip.ts';
import { entryOf } from '../../base/json.ts';
import { names } from '../../base/names.ts';
import { present } from '../../base/present.ts';
import type { Pending } from '../../plan/change/pending.ts';
import type { Finding } from '../../plan/finding.ts';
import type { ClusterPlan } from '../../plan/index.ts';
import type { ObservedCluster } from '../../plan/observed.ts';
import { planUsage } from '../../plan/usage.ts';
import { PARTS } from '../../render/cluster/resource-names.ts';
import { dnsRecords } from './dns.ts';
import type { Part } from './parts.ts';
import type { Reading } from './read/index.ts';

/** Answers to a tenant's questions, from what is planned and what is observed. */
export function statusOf(
  plan: ClusterPlan,
  parts: readonly Part[],
  pending: readonly Pending[],
  { cluster, observed, releases }: Reading,
): ClusterStatus {
  const { etcd, controlPlane, pools } = plan.children;
  const running = observed.controlPlane?.status;
  const host = observed.controlPlane?.spec.endpoint?.host;
  return present({
    version: running?.version,
    endpoint: host && `https://${host}`,
    kubeconfigSecret: running?.initialized ? names.adminKubeconfigSecret(cluster) : undefined,
    nodes: nodesOf(observed),
    dns: dnsRecords(observed.controlPlane?.spec, running),
    accepted: acceptedOf(observed),
    problems: plan.problems.map(problemStatus),
    warnings: plan.warnings.map(problemStatus),
    pending: pending.map(pendingStatus),
    waiting: parts.flatMap(({ title, state }) =>
      state.state === 'ready' ? [] : [{ part: title, message: state.message }],
    ),
    etcd: etcd && { members: etcd.zones.length, ready: observed.etcd?.status?.readyMembers ?? 0 },
    controlPlane: controlPlane && { replicas: controlPlane.replicas, ready: running?.readyReplicas ?? 0 },
    nodeGroups: nodeGroupsOf(plan, observed, parts),
    addons: addonsOf(releases),
    usage: planUsage(Object.values(pools)),
  });
}

/** Add-ons as their part reports them; an older function may have reported messages of any length. */
function addonsOf(releases: Reading['releases']): NonNullable<ClusterStatus['addons']> {
  return Object.fromEntries(
    Object.entries(releases).map(([name, { version, state, message }]) => [
      name,
      present({ version, state, message: message === undefined ? undefined : clip(message, MESSAGE_LENGTH) }),
    ]),
  );
}

function nodesOf(observed: ObservedCluster): string {
  const statuses = Object.values(observed.pools).map(pool => pool.status);
  const sum = (key: 'ready' | 'desired') => statuses.reduce((total, status) => total + (status?.[key] ?? 0), 0);
  return `${sum('ready')}/${sum('desired')}`;
}

function acceptedOf(observed: ObservedCluster): ClusterStatus['accepted'] {
  const nodeGroups = Object.keys(observed.pools).filter(group => !observed.pools[group]?.spec.retire);
  const spec = observed.controlPlane?.spec;
  return spec && { version: spec.version, storageClass: spec.defaultStorageClass, nodeGroups: nodeGroups.sort() };
}

function nodeGroupsOf(
  plan: ClusterPlan,
  observed: ObservedCluster,
  parts: readonly Part[],
): NonNullable<ClusterStatus['nodeGroups']> {
  return Object.fromEntries(
    Object.entries(plan.children.pools).map(([group, pool]) => {
      const status = entryOf(observed.pools, group)?.status;
      const state = parts.find(candidate => candidate.name === PARTS.pool(group))?.state;
      const message = pool.retire ? 'is being removed' : state && state.state !== 'ready' ? state.message : undefined;
      const entry = present({
        desired: status?.desired ?? 0,
        ready: status?.ready ?? 0,
        upToDate: status?.upToDate ?? 0,
        zones: status?.zones ?? {},
        message,
      });
      return [group, entry];
    }),
  );
}

function pendingStatus({ code, part, path, reason, remedy, until }: Pending): PendingStatus {
  return present({ code, part, path, reason, remedy, until: until?.toISOString() });
}

function problemStatus({ code, path, message, remedy }: Finding): ProblemStatus {
  return { code, path, message, remedy };
}
