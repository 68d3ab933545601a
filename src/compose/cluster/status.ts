import { addonsStatus } from '../../api/parts/addons.ts';
import type { ClusterStatus, ProblemStatus } from '../../api/v1alpha1/status.ts';
import { clip, MESSAGE_LENGTH } from '../../base/clip.ts';
import { byKey, entryOf } from '../../base/json.ts';
import { type ClusterId, names } from '../../base/names.ts';
import type { Problem } from '../../plan/finding.ts';
import type { Hold } from '../../plan/hold.ts';
import type { ClusterPlan } from '../../plan/index.ts';
import type { ObservedCluster } from '../../plan/observed.ts';
import { planUsage } from '../../plan/usage.ts';
import { PARTS } from '../../render/cluster/resource-names.ts';
import type { ComposeInput } from '../types.ts';
import { stateOf } from './conditions.ts';
import { dnsRecords } from './dns.ts';
import type { Part } from './parts.ts';

/** Answers to a tenant's questions, from what is planned and what is observed. */
export function statusOf(
  cluster: ClusterId,
  plan: ClusterPlan,
  observed: ObservedCluster,
  parts: Part[],
  input: ComposeInput,
): ClusterStatus {
  const { etcd, controlPlane, pools } = plan.children;
  const running = observed.controlPlane?.status;
  const host = observed.controlPlane?.spec.endpoint?.host;
  return {
    ...(running?.version ? { version: running.version } : {}),
    ...(host ? { endpoint: `https://${host}` } : {}),
    ...(running?.initialized ? { kubeconfigSecret: names.adminKubeconfigSecret(cluster) } : {}),
    nodes: nodesOf(observed),
    dns: dnsRecords(observed.controlPlane?.spec, running),
    ...(observed.controlPlane ? { accepted: acceptedOf(observed) } : {}),
    problems: plan.problems.map(problemStatus),
    warnings: plan.warnings.map(problemStatus),
    pending: [...plan.pending, ...heldChanges(observed)],
    waiting: parts.flatMap(part => {
      const state = stateOf(part);
      return state.state === 'ready' ? [] : [{ part: part.title, message: state.message }];
    }),
    ...(etcd ? { etcd: { members: etcd.zones.length, ready: observed.etcd?.status?.readyMembers ?? 0 } } : {}),
    ...(controlPlane ? { controlPlane: { replicas: controlPlane.replicas, ready: running?.readyReplicas ?? 0 } } : {}),
    nodeGroups: nodeGroupsOf(plan, observed, parts),
    addons: addonsOf(input),
    usage: planUsage(Object.values(pools)),
  };
}

/** Add-ons as their part reports them; an older function may have reported messages of any length. */
function addonsOf({ observed }: ComposeInput): NonNullable<ClusterStatus['addons']> {
  const releases = addonsStatus.safeParse(observed.get(PARTS.addons)?.status).data?.releases ?? {};
  return Object.fromEntries(
    Object.entries(releases).map(([name, { version, state, message }]) => [
      name,
      {
        ...(version === undefined ? {} : { version }),
        state,
        ...(message === undefined ? {} : { message: clip(message, MESSAGE_LENGTH) }),
      },
    ]),
  );
}

function nodesOf(observed: ObservedCluster): string {
  const statuses = Object.values(observed.pools).map(pool => pool.status);
  const sum = (key: 'ready' | 'desired') => statuses.reduce((total, status) => total + (status?.[key] ?? 0), 0);
  return `${sum('ready')}/${sum('desired')}`;
}

function acceptedOf(observed: ObservedCluster): NonNullable<ClusterStatus['accepted']> {
  const nodeGroups = Object.keys(observed.pools).filter(group => !observed.pools[group]?.spec.retire);
  const spec = observed.controlPlane?.spec;
  return spec ? { version: spec.version, storageClass: spec.defaultStorageClass, nodeGroups: nodeGroups.sort() } : {};
}

function nodeGroupsOf(
  plan: ClusterPlan,
  observed: ObservedCluster,
  parts: Part[],
): NonNullable<ClusterStatus['nodeGroups']> {
  return Object.fromEntries(
    Object.entries(plan.children.pools).map(([group, pool]) => {
      const status = entryOf(observed.pools, group)?.status;
      const part = parts.find(candidate => candidate.name === PARTS.pool(group));
      const state = part ? stateOf(part) : undefined;
      const message = pool.retire ? 'is being removed' : state && state.state !== 'ready' ? state.message : undefined;
      const entry = {
        desired: status?.desired ?? 0,
        ready: status?.ready ?? 0,
        upToDate: status?.upToDate ?? 0,
        zones: status?.zones ?? {},
        ...(message ? { message } : {}),
      };
      return [group, entry];
    }),
  );
}

/** Changes that were let through and wait in their node group. */
function heldChanges({ pools }: ObservedCluster): Hold[] {
  return byKey(pools).flatMap(([group, { spec, status }]) =>
    spec.retire ? [] : (status?.held ?? []).map(reason => ({ path: `spec.nodeGroups.${group}`, reason })),
  );
}

function problemStatus({ code, path, message, remedy }: Problem): ProblemStatus {
  return { code, path, message, remedy };
}
