import type { NodePoolSpec } from '../../api/children/node-pool.ts';
import type { NodeGroup } from '../../api/claim/node-group.ts';
import { mebibytes } from '../../api/quantity.ts';
import type { Catalog } from '../../catalog/index.ts';
import type { Hold } from '../hold.ts';
import { oneOf } from '../nearest.ts';
import type { ObservedCluster } from '../observed.ts';
import type { Problem } from '../problem.ts';
import { checkSize } from '../sizes.ts';
import { knownStorageClass } from '../storage-class.ts';
import { minorKey } from '../version.ts';
import { planBounds } from './bounds.ts';
import { planGpus } from './gpus.ts';
import { checkLabels } from './labels.ts';
import { planMachine } from './machine.ts';
import { checkTaints } from './taints.ts';

export interface GroupContext {
  cluster: string;
  group: string;
  catalog: Catalog;
  /** Zones of the cluster. */
  zones: readonly string[];
  /** The cluster's class, for groups without one. */
  storageClass: string;
  /** Version the nodes are to run: never ahead of what the control plane has reached (H47). */
  version: string;
  observed: ObservedCluster['pools'][string] | undefined;
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
  const zones = planZones(asked, path, context, gpus.zones);
  const disk = planDisk(asked, path, context);
  const problems = [
    ...machine.problems,
    ...gpus.problems,
    ...zones.problems,
    ...disk.problems,
    ...checkLabels(asked, path),
    ...checkTaints(asked.taints ?? [], `${path}.taints`),
  ];
  const warnings = [...machine.warnings, ...gpuSizeWarnings(path, machine.machine, gpus.gpus)];
  if (problems.length > 0 || !machine.machine) return { problems, warnings, pending: [] };
  const image = nodeImage(context);
  if (image === undefined) return { problems: [noImage(path, context)], warnings, pending: [] };
  const bounds = planBounds(asked, path, context, zones.zones);
  const spec: NodePoolSpec = {
    cluster: context.cluster,
    group: context.group,
    version: context.version,
    epoch: accepted?.epoch ?? 0,
    image,
    machine: machine.machine,
    disk: disk.disk,
    ...(gpus.gpus ? { gpus: gpus.gpus } : {}),
    roles: asked.roles ?? [],
    labels: asked.labels ?? {},
    taints: asked.taints ?? [],
    zones: bounds.bounds,
  };
  return { spec, problems, warnings, pending: bounds.pending };
}

/** While the control plane has yet to reach the catalogue's patch, nodes keep the image they have. */
function nodeImage({ catalog, version, observed }: GroupContext): string | undefined {
  const entry = catalog.versions[minorKey(version)];
  return entry?.patch === version ? entry.nodeImage : (observed?.spec.image ?? entry?.nodeImage);
}

/** A group that is new after its version left the catalogue: the others keep the image they have. */
function noImage(path: string, { version, catalog }: GroupContext): Problem {
  return {
    code: 'UnknownVersion',
    path,
    message: `${version} is no longer offered, so there is no node image for a new group`,
    remedy: `upgrade the cluster first; offered are ${Object.keys(catalog.versions).join(', ')}`,
  };
}

function planZones(asked: NodeGroup, path: string, context: GroupContext, gpuZones: readonly string[] | undefined) {
  const wanted = asked.zones ?? context.zones;
  const problems: Problem[] = wanted.flatMap((zone, index) =>
    context.zones.includes(zone)
      ? []
      : [
          {
            code: 'UnknownZone',
            path: `${path}.zones[${index}]`,
            message: `${zone} is not a zone of this cluster`,
            remedy: oneOf(zone, context.zones),
          },
        ],
  );
  const zones = [...new Set(wanted)].filter(zone => !gpuZones || gpuZones.includes(zone));
  if (problems.length === 0 && zones.length === 0) {
    problems.push({
      code: 'GpuNotInZone',
      path: `${path}.gpus`,
      message: `none of the zones ${wanted.join(', ')} has this GPU`,
      remedy: `use the zones ${(gpuZones ?? []).join(', ')}`,
    });
  }
  return { zones, problems };
}

function planDisk(asked: NodeGroup, path: string, context: GroupContext) {
  const storage = asked.ephemeralStorage;
  const size = (typeof storage === 'string' ? storage : storage.size) || '20Gi';
  const storageClass = asked.storageClass || context.storageClass;
  const problems = checkSize('nodeDisk', size, `${path}.ephemeralStorage`, context.catalog);
  if (storageClass !== context.storageClass && storageClass !== context.observed?.spec.disk.storageClass) {
    problems.push(...knownStorageClass(storageClass, `${path}.storageClass`, context.catalog));
  }
  return { disk: { size, storageClass }, problems };
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
