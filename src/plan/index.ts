import type { AddonsSpec } from '../api/parts/addons.ts';
import type { ControlPlaneSpec } from '../api/parts/control-plane.ts';
import type { EtcdSpec } from '../api/parts/etcd.ts';
import type { NodePoolSpec } from '../api/parts/node-pool.ts';
import type { ClusterSpec } from '../api/v1alpha1/cluster.ts';
import { entryOf } from '../base/json.ts';
import type { ClusterId } from '../base/names.ts';
import type { Catalog } from '../catalog/index.ts';
import { lostZones, type Member, zoneLost } from './change/lost-zones.ts';
import { retired } from './change/retire.ts';
import { holdStep } from './change/version-step.ts';
import type { Problem } from './finding.ts';
import type { Hold } from './hold.ts';
import { listed } from './listed.ts';
import { planNodeSum } from './node-sum.ts';
import type { ObservedCluster } from './observed.ts';
import { readRequest } from './request/index.ts';
import { addonReleases } from './target/addons/index.ts';
import { planClaimName } from './target/claim-name.ts';
import { checkComponentSizes } from './target/component-sizes.ts';
import { controlPlaneWarnings, planControlPlane } from './target/control-plane.ts';
import { planEtcd } from './target/etcd.ts';
import { type HostHolder, planHosts, usableHosts, withoutOthersHosts } from './target/hosts.ts';
import { planNodeGroup } from './target/node-pool/index.ts';
import { planStorageClass } from './target/storage.ts';
import { compareVersions, minorKey, planVersion } from './target/version.ts';
import { planClusterZones } from './target/zones.ts';

export type { HostHolder } from './target/hosts.ts';

export interface PlanInput {
  cluster: ClusterId;
  /** Spec of the claim as written. */
  requested: unknown;
  observed: ObservedCluster;
  catalog: Catalog;
  /** Tells which versions have ended. */
  now: Date;
  hostHolder: (host: string) => HostHolder;
  /** API servers and etcd members by zone; absent while nobody has looked. */
  members?: readonly Member[] | undefined;
}

/** Resolved specs of the children. */
export interface Children {
  etcd?: EtcdSpec;
  controlPlane?: ControlPlaneSpec;
  pools: Record<string, NodePoolSpec>;
  addons?: AddonsSpec;
}

export interface ClusterPlan {
  /** False when the request is refused: the children are then what is observed, and nothing that runs changes. */
  accepted: boolean;
  children: Children;
  /** Public host names the cluster wants; none when the request cannot be read. */
  hosts: string[];
  problems: Problem[];
  warnings: Problem[];
  /** Parts of the claim that are held back for now; the rest of it goes on. */
  pending: Hold[];
  /** Zones in which nothing answers. */
  lostZones: string[];
}

/** A plan before it knows of lost zones. */
type Decision = Omit<ClusterPlan, 'lostZones'>;

/**
 * Decides what a cluster is to be. Pure and total: a refused request goes on with what the children hold
 * (design section 3), whatever is wrong with it.
 */
export function planCluster(input: PlanInput): ClusterPlan {
  const plan = decide(input);
  const lost = input.catalog.platform.watchPods ? lostZones(input.observed, input.members, input.now) : [];
  return {
    ...plan,
    children: { ...plan.children, pools: pausedIn(lost, plan.children.pools) },
    lostZones: lost,
    problems: listed(plan.problems, 'MoreProblems'),
    warnings: listed([...lost.map(zoneLost), ...plan.warnings], 'MoreWarnings'),
  };
}

/** Lost zones are known to every group that may have nodes there, whatever became of the request. */
function pausedIn(lost: readonly string[], pools: Children['pools']): Children['pools'] {
  return Object.fromEntries(
    Object.entries(pools).map(([group, { pausedZones: _, ...pool }]) => {
      const paused = lost.filter(zone => Object.hasOwn(pool.zones, zone));
      return [group, paused.length > 0 ? { ...pool, pausedZones: paused } : pool];
    }),
  );
}

function decide(input: PlanInput): Decision {
  const request = readRequest(input.requested, input.cluster.name, input.catalog);
  if (!request.spec) return carryOn(input, request.problems, []);
  const resolved = resolve(request.spec, input);
  const problems = [...request.problems, ...resolved.problems];
  if (problems.length > 0) return { ...carryOn(input, problems, resolved.warnings), hosts: resolved.hosts };
  return { accepted: true, ...resolved, problems: [] };
}

/** What runs goes on, but for hosts that are seen to be somebody else's: to keep those would harm their holder. */
function carryOn({ observed, hostHolder }: PlanInput, problems: Problem[], warnings: Problem[]): Decision {
  const children: Children = { pools: specsOf(observed.pools) };
  if (observed.etcd) children.etcd = observed.etcd.spec;
  if (observed.controlPlane) children.controlPlane = withoutOthersHosts(observed.controlPlane.spec, hostHolder);
  if (observed.addons) children.addons = observed.addons.spec;
  return { accepted: false, children, hosts: [], problems, warnings, pending: [] };
}

function resolve(spec: ClusterSpec, { cluster, observed, catalog, now, hostHolder }: PlanInput) {
  const running = observed.controlPlane;
  const name = planClaimName(cluster.name, Boolean(running ?? observed.etcd));
  const nodes = newestNodes(observed);
  const version = holdStep(
    // What nodes run their API servers have run: a control plane that is gone, or not seen, comes back as no other minor.
    planVersion(spec.version, running?.spec.version ?? nodes, catalog, now),
    running?.spec.version,
    running?.status?.version,
  );
  const storage = planStorageClass(spec.storageClass, running?.spec.defaultStorageClass, catalog);
  const zones = planClusterZones(spec.zones, observed.etcd?.spec.zones, catalog);
  const naming = { cluster, catalog, holder: hostHolder, running: running?.spec };
  const hosts = planHosts(spec, naming);
  const problems = [...name.problems, ...version.problems, ...storage.problems, ...zones.problems, ...hosts.problems];
  problems.push(...checkComponentSizes(spec, catalog));
  const warnings = [
    ...name.warnings,
    ...version.warnings,
    ...storage.warnings,
    ...zones.warnings,
    ...hosts.warnings,
    ...controlPlaneWarnings(spec),
  ];
  const pending = [...version.pending];

  const target = version.target ?? running?.spec.version ?? catalog.versions[catalog.defaultVersion]?.patch ?? '';
  const pools: Children['pools'] = {};
  for (const [group, asked] of Object.entries(spec.nodeGroups)) {
    const pool = entryOf(observed.pools, group);
    const planned = planNodeGroup(asked, {
      cluster: cluster.name,
      group,
      catalog,
      zones: zones.zones,
      storageClass: storage.name,
      version: running?.status?.version ?? pool?.spec.version ?? target,
      observed: pool,
      pools: observed.pools,
    });
    problems.push(...planned.problems);
    warnings.push(...planned.warnings);
    pending.push(...planned.pending);
    if (planned.spec) pools[group] = planned.spec;
  }
  const groups = { ...pools, ...retired(observed.pools, spec.nodeGroups) };
  const network = running?.spec.network ?? catalog.network;
  const sum = planNodeSum(groups, specsOf(observed.pools), network);
  problems.push(...sum.problems);
  warnings.push(...sum.warnings);
  const addons = addonReleases({
    cluster,
    spec,
    catalog,
    kubernetes: { reached: reachedMinor(running), nodes: nodes && minorKey(nodes), target: minorKey(target) },
    hasGpus: Object.values(spec.nodeGroups).some(group => (group.gpus ?? []).length > 0),
    observed,
    roles: new Set(Object.values(spec.nodeGroups).flatMap(group => group.roles ?? [])),
    network,
    storageClass: storage.name,
  });
  warnings.push(...addons.warnings);
  const children: Children = {
    etcd: planEtcd(cluster, zones.zones, catalog, observed.etcd?.spec),
    controlPlane: planControlPlane(spec, {
      cluster,
      catalog,
      version: target,
      zones: zones.zones,
      storageClass: storage.name,
      dataStore: observed.dataStore,
      maxNodes: sum.maxNodes,
      ...usableHosts(hosts, naming),
      observed: running?.spec,
    }),
    pools: groups,
    addons: { cluster: cluster.name, releases: addons.releases, ...addons.record },
  };
  return { children, hosts: [...(hosts.api ? [hosts.api] : []), ...hosts.ingress], problems, warnings, pending };
}

function specsOf(pools: ObservedCluster['pools']): Children['pools'] {
  return Object.fromEntries(Object.entries(pools).map(([group, { spec }]) => [group, spec]));
}

/** The minor the API servers run; they say so once they have answered. */
function reachedMinor(running: ObservedCluster['controlPlane']): string | undefined {
  const version = running?.status?.version;
  return version ? minorKey(version) : undefined;
}

/** The newest version of a node group. */
function newestNodes({ pools }: ObservedCluster): string | undefined {
  const versions = Object.values(pools).map(({ spec }) => spec.version);
  return versions.sort(compareVersions).at(-1);
}
