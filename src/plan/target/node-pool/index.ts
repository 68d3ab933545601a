import type { NodePoolSpec } from '../../../api/parts/node-pool.ts';
import type { NodeGroup } from '../../../api/v1alpha1/node-group.ts';
import { entryOf } from '../../../base/json.ts';
import { mebibytes } from '../../../base/quantity.ts';
import type { Catalog } from '../../../catalog/index.ts';
import { planBounds } from '../../change/bounds.ts';
import type { Problem } from '../../finding.ts';
import type { Hold } from '../../hold.ts';
import type { ObservedCluster } from '../../observed.ts';
import { checkSize } from '../sizes.ts';
import { planKnownClass } from '../storage.ts';
import { minorKey } from '../version.ts';
import { planGpus } from './gpus.ts';
import { planGroupZones } from './group-zones.ts';
import { checkLabels } from './labels.ts';
import { planMachine } from './machine.ts';
import { nodeImage } from './node-image.ts';
import { planRollout } from './rollout.ts';
import { checkTaints } from './taints.ts';

export interface GroupContext {
  cluster: string;
  group: string;
  catalog: Catalog;
  /** Zones of the cluster. */
  zones: readonly string[];
  /** The cluster's class, for groups without one. */
  storageClass: string;
  /** Version the control plane has reached, or is to run where there is none yet. */
  version: string;
  observed: ObservedCluster['pools'][string] | undefined;
  /** All groups of the cluster as observed. */
  pools: ObservedCluster['pools'];
}

export interface GroupPlan {
  spec?: NodePoolSpec;
  problems: Problem[];
  warnings: Problem[];
  /** What of the group waits. */
  pending: Hold[];
}

/** Resolves one node group against the catalogue. */
export function planNodeGroup(asked: NodeGroup, context: GroupContext): GroupPlan {
  const path = `spec.nodeGroups.${context.group}`;
  const { catalog } = context;
  const accepted = context.observed?.spec;
  const machine = planMachine(asked, path, catalog, accepted);
  const gpus = planGpus(asked, path, catalog, accepted);
  const zones = planGroupZones(asked, path, { zones: context.zones, accepted }, gpus);
  const disk = planDisk(asked, path, context);
  const problems = [
    ...machine.problems,
    ...gpus.problems,
    ...zones.problems,
    ...disk.problems,
    ...checkLabels(asked, path),
    ...checkTaints(asked.taints ?? [], `${path}.taints`),
  ];
  const warnings = [
    ...machine.warnings,
    ...gpus.warnings,
    ...zones.warnings,
    ...disk.warnings,
    ...gpuSizeWarnings(path, machine.machine, gpus.gpus),
  ];
  if (problems.length > 0 || !machine.machine) return { problems, warnings, pending: [] };
  const image = nodeImage(context);
  if (image === undefined) return { ...withoutImage(path, context), warnings };
  const rollout = planRollout(asked, path);
  if (rollout.problems.length > 0) return { problems: rollout.problems, warnings, pending: [] };
  const bounds = planBounds(asked, path, context, zones.zones);
  const spec: NodePoolSpec = {
    cluster: context.cluster,
    group: context.group,
    version: image.version,
    epoch: accepted?.epoch ?? 0,
    image: image.image,
    machine: machine.machine,
    ...askedNames(asked, machine.machine, gpus.gpus),
    disk: disk.disk,
    ...(gpus.gpus ? { gpus: gpus.gpus } : {}),
    roles: asked.roles ?? [],
    labels: asked.labels ?? {},
    taints: asked.taints ?? [],
    zones: bounds.bounds,
    ...(rollout.rollout ? { rollout: rollout.rollout } : {}),
  };
  return { spec, problems, warnings, pending: bounds.pending };
}

/** What a new group without an image waits for, or why it never gets one: others keep the image they have. */
function withoutImage(path: string, { version, catalog }: GroupContext): Pick<GroupPlan, 'problems' | 'pending'> {
  const patch = entryOf(catalog.versions, minorKey(version))?.patch;
  if (patch !== undefined) {
    return { problems: [], pending: [{ path, reason: `waits until the control plane runs ${patch}` }] };
  }
  const unknown: Problem = {
    code: 'UnknownVersion',
    path,
    message: `${version} is no longer offered, so there is no node image for a new group`,
    remedy: `upgrade the cluster first; offered are ${Object.keys(catalog.versions).join(', ')}`,
  };
  return { problems: [unknown], pending: [] };
}

/** Names of the claim that the resolved machine does not tell. */
function askedNames(
  { instanceType, gpus = [] }: NodeGroup,
  machine: NodePoolSpec['machine'],
  resolved: NodePoolSpec['gpus'],
): Pick<NodePoolSpec, 'asked'> {
  const names = [...new Set(gpus.map(gpu => gpu.name))].filter(name => !resolved?.devices.includes(name));
  const asked = {
    ...(machine.instanceType === undefined ? { instanceType } : {}),
    ...(names.length > 0 ? { gpus: names } : {}),
  };
  return Object.keys(asked).length > 0 ? { asked } : {};
}

function planDisk(asked: NodeGroup, path: string, context: GroupContext) {
  const storage = asked.ephemeralStorage;
  const wanted = typeof storage === 'object' ? storage.size : storage;
  // A default that changes must not replace the nodes of those who never asked for a size.
  const size = wanted || context.observed?.spec.disk.size || context.catalog.defaultNodeDisk;
  const storageClass = asked.storageClass || context.storageClass;
  // What the nodes have they run on, whatever an image of today would need.
  const kept = size === context.observed?.spec.disk.size;
  const least = kept ? undefined : entryOf(context.catalog.versions, minorKey(context.version))?.minDisk;
  const problems = checkSize('nodeDisk', size, `${path}.ephemeralStorage`, context.catalog, least);
  // The cluster's own class is judged once, where it is chosen.
  if (storageClass === context.storageClass) return { disk: { size, storageClass }, problems, warnings: [] };
  const accepted = context.observed?.spec.disk.storageClass;
  const known = planKnownClass(storageClass, `${path}.storageClass`, accepted, 'the group', context.catalog);
  return { disk: { size, storageClass }, problems: [...problems, ...known.problems], warnings: known.warnings };
}

/** NVIDIA's guidance as Hikube documents it; the documentation itself pairs smaller machines, so it only warns. */
function gpuSizeWarnings(
  path: string,
  machine: NodePoolSpec['machine'] | undefined,
  gpus: NodePoolSpec['gpus'],
): Problem[] {
  if (!machine || !gpus) return [];
  const count = gpus.devices.length;
  if (machine.cpu >= 8 * count && (mebibytes(machine.memory) ?? 0) >= 32 * 1024 * count) return [];
  return [
    {
      code: 'GpuMachineSmall',
      path: `${path}.instanceType`,
      message: `${machine.cpu} vCPU and ${machine.memory} are little for ${count} GPU`,
      remedy: 'give at least 8 vCPU and 32 GiB per GPU, for example u1.2xlarge',
    },
  ];
}
