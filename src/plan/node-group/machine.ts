import type { NodePoolSpec } from '../../api/children/node-pool.ts';
import type { NodeGroup } from '../../api/claim/node-group.ts';
import { entryOf } from '../../api/json.ts';
import { mebibytes, parseQuantity } from '../../api/quantity.ts';
import type { Catalog } from '../../catalog/index.ts';
import { oneOf } from '../nearest.ts';
import type { Problem } from '../problem.ts';

export interface MachinePlan {
  machine?: NodePoolSpec['machine'];
  problems: Problem[];
  warnings: Problem[];
}

/**
 * Shape of a node: the instance type, or CPU and memory that override it (H40). With an override the machine names no
 * instance type, because KubeVirt refuses both together.
 */
export function planMachine(
  group: NodeGroup,
  path: string,
  catalog: Catalog,
  accepted: NodePoolSpec | undefined,
): MachinePlan {
  const type = entryOf(catalog.instanceTypes, group.instanceType);
  if (!type) return missingType(group, path, catalog, accepted);
  const cpu = group.resources?.cpu;
  const memory = group.resources?.memory;
  if (!cpu && !memory) {
    return { machine: { instanceType: group.instanceType, ...type }, problems: [], warnings: [] };
  }
  const problems = [...checkCpu(cpu, `${path}.resources.cpu`), ...checkMemory(memory, `${path}.resources.memory`)];
  if (problems.length > 0) return { problems, warnings: [] };
  return { machine: { cpu: cpu ? Number(cpu) : type.cpu, memory: memory || type.memory }, problems, warnings: [] };
}

function missingType(
  group: NodeGroup,
  path: string,
  catalog: Catalog,
  accepted: NodePoolSpec | undefined,
): MachinePlan {
  const offered = Object.keys(catalog.instanceTypes);
  if (accepted?.machine.instanceType === group.instanceType) {
    const warning: Problem = {
      code: 'NotInCatalogue',
      path: `${path}.instanceType`,
      message: `${group.instanceType} is no longer offered; the group keeps it`,
      remedy: `move to one of ${offered.join(', ')}`,
    };
    return { machine: accepted.machine, problems: [], warnings: [warning] };
  }
  const unknown: Problem = {
    code: 'UnknownInstanceType',
    path: `${path}.instanceType`,
    message: `${group.instanceType} is not offered`,
    remedy: oneOf(group.instanceType, offered),
  };
  return { problems: [unknown], warnings: [] };
}

function checkCpu(cpu: string | undefined, path: string): Problem[] {
  if (!cpu || (/^[0-9]+$/.test(cpu) && Number(cpu) >= 1)) return [];
  return [
    { code: 'InvalidSize', path, message: `${cpu} is not a whole number of vCPU`, remedy: 'use for example "6"' },
  ];
}

function checkMemory(memory: string | undefined, path: string): Problem[] {
  if (!memory || (parseQuantity(memory) !== undefined && (mebibytes(memory) ?? 0) >= 1024)) return [];
  return [
    {
      code: 'InvalidSize',
      path,
      message: `${memory} is not enough memory for a node`,
      remedy: 'use at least 1Gi, for example "48Gi"',
    },
  ];
}
