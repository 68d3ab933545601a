import type { NodePoolSpec } from '../../../api/parts/node-pool.ts';
import { entryOf } from '../../../base/json.ts';
import { present } from '../../../base/present.ts';
import { mebibytes } from '../../../base/quantity.ts';
import { type Finding, refusalsIn } from '../../finding.ts';
import type { GroupRequest } from '../../request/request.ts';
import type { TargetContext } from '../context.ts';
import { checkSize } from '../sizes.ts';
import { planKnownClass } from '../storage.ts';
import { minorKey } from '../version.ts';
import { planGpus } from './gpus.ts';
import { planGroupZones } from './group-zones.ts';
import { checkLabels } from './labels.ts';
import { planMachine } from './machine.ts';
import { nodeImage } from './node-image.ts';
import { planRollout } from './rollout.ts';
import { splitBounds, wholeOf } from './split-bounds.ts';
import { checkTaints } from './taints.ts';

export interface GroupContext extends TargetContext {
  /** Version of the cluster. */
  version: string;
  /** Zones of the cluster. */
  zones: readonly string[];
  /** The cluster's class, for groups without one. */
  storageClass: string;
}

/** All node groups that are asked for; one that is refused has no spec. */
export function planNodePools(context: GroupContext): { specs: Record<string, NodePoolSpec>; findings: Finding[] } {
  const groups = Object.values(context.request.groups).map(group => ({ group, plan: planNodePool(group, context) }));
  return {
    specs: Object.fromEntries(groups.flatMap(({ group, plan }) => (plan.spec ? [[group.name, plan.spec]] : []))),
    findings: groups.flatMap(({ plan }) => plan.findings),
  };
}

/** Resolves one node group against the catalogue. */
export function planNodePool(asked: GroupRequest, context: GroupContext): { spec?: NodePoolSpec; findings: Finding[] } {
  const { path } = asked;
  const { catalog } = context;
  const accepted = entryOf(context.accepted.pools, asked.name);
  const machine = planMachine(asked, catalog, accepted);
  const gpus = planGpus(asked, catalog, accepted);
  const zones = planGroupZones(asked, { zones: context.zones, accepted }, gpus);
  const disk = planDisk(asked, context, accepted);
  const rollout = planRollout(asked);
  const findings = [
    ...machine.findings,
    ...gpus.findings,
    ...zones.findings,
    ...disk.findings,
    ...checkLabels(asked.labels, path),
    ...checkTaints(asked.taints, `${path}.taints`),
    ...gpuSizeWarnings(path, machine.machine, gpus.gpus),
    ...rollout.findings,
  ];
  if (refusalsIn(findings).length > 0 || !machine.machine) return { findings };
  const image = nodeImage({ catalog, version: context.version, accepted, pools: context.accepted.pools });
  if (image === undefined) return { findings: [...findings, withoutImage(path, context)] };
  const spec: NodePoolSpec = present({
    cluster: context.cluster.name,
    group: asked.name,
    version: image.version,
    epoch: accepted?.epoch ?? 0,
    image: image.image,
    machine: machine.machine,
    asked: askedNames(asked, machine.machine, gpus.gpus),
    disk: disk.disk,
    gpus: gpus.gpus,
    roles: [...asked.roles],
    labels: { ...asked.labels },
    taints: [...asked.taints],
    zones: splitBounds(wholeOf(asked.name, asked), zones.zones, accepted?.zones),
    rollout: rollout.rollout,
  });
  return { spec, findings };
}

/** Why a new group gets no nodes: others keep the image they have. */
function withoutImage(path: string, { version, catalog }: GroupContext): Finding {
  return {
    code: 'UnknownVersion',
    path,
    message: `${version} is no longer offered, so there is no node image for a new group`,
    remedy: `upgrade the cluster first; offered are ${Object.keys(catalog.versions).join(', ')}`,
  };
}

/** Names of the claim that the resolved machine does not tell. */
function askedNames(
  { instanceType, gpus }: GroupRequest,
  machine: NodePoolSpec['machine'],
  resolved: NodePoolSpec['gpus'],
): NodePoolSpec['asked'] {
  const names = [...new Set(gpus)].filter(name => !resolved?.devices.includes(name));
  const asked = present({
    instanceType: machine.instanceType === undefined ? instanceType : undefined,
    gpus: names.length > 0 ? names : undefined,
  });
  return Object.keys(asked).length > 0 ? asked : undefined;
}

function planDisk(
  { path, ...asked }: GroupRequest,
  { catalog, version, storageClass: cluster }: GroupContext,
  accepted: NodePoolSpec | undefined,
): { disk: NodePoolSpec['disk']; findings: Finding[] } {
  // A default that changes must not replace the nodes of those who never asked for a size.
  const size = asked.disk ?? accepted?.disk.size ?? catalog.defaultNodeDisk;
  const storageClass = asked.storageClass ?? cluster;
  // What the nodes have they run on, whatever an image of today would need.
  const least = size === accepted?.disk.size ? undefined : entryOf(catalog.versions, minorKey(version))?.minDisk;
  const findings = checkSize('nodeDisk', size, `${path}.ephemeralStorage`, catalog, least);
  // The cluster's own class is judged once, where it is chosen.
  if (storageClass === cluster) return { disk: { size, storageClass }, findings };
  const known = planKnownClass(storageClass, `${path}.storageClass`, accepted?.disk.storageClass, 'the group', catalog);
  return { disk: { size, storageClass }, findings: [...findings, ...known.findings] };
}

/** NVIDIA's guidance as Hikube documents it; the documentation itself pairs smaller machines, so it only warns. */
function gpuSizeWarnings(
  path: string,
  machine: NodePoolSpec['machine'] | undefined,
  gpus: NodePoolSpec['gpus'],
): Finding[] {
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
