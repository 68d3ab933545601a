import type { NodePoolSpec } from '../../api/children/node-pool.ts';
import type { NodeGroup } from '../../api/claim/node-group.ts';
import { entryOf } from '../../api/json.ts';
import type { Catalog } from '../../catalog/index.ts';
import { listed, oneOf } from '../nearest.ts';
import type { Problem } from '../problem.ts';
import { checkSize } from '../sizes.ts';

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
  const problems = [
    ...(cpu ? checkSize('nodeCpu', cpu, `${path}.resources.cpu`, catalog) : []),
    ...(memory ? checkSize('nodeMemory', memory, `${path}.resources.memory`, catalog) : []),
  ];
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
      remedy: `move to one of ${listed(offered)}`,
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
