import type { NodePoolSpec } from '../../../api/parts/node-pool.ts';
import type { NodeGroup } from '../../../api/v1alpha1/node-group.ts';
import { entryOf } from '../../../base/json.ts';
import type { Catalog } from '../../../catalog/index.ts';
import { notInCatalogue, type Problem } from '../../finding.ts';
import { oneOf } from '../../nearest.ts';
import { checkSize } from '../sizes.ts';

export interface MachinePlan {
  machine?: NodePoolSpec['machine'];
  problems: Problem[];
  warnings: Problem[];
}

/**
 * Shape of a node: the instance type, or CPU and memory that override it (H40). With an override the machine names no
 * instance type, because KubeVirt refuses both together. A type that left the catalogue keeps the shape it gave.
 */
export function planMachine(
  group: NodeGroup,
  path: string,
  catalog: Catalog,
  accepted: NodePoolSpec | undefined,
): MachinePlan {
  const offered = Object.keys(catalog.instanceTypes);
  const type = entryOf(catalog.instanceTypes, group.instanceType);
  const shape = type ? { instanceType: group.instanceType, ...type } : keptShape(group, accepted);
  if (!shape) {
    const remedy = oneOf(group.instanceType, offered);
    const message = `${group.instanceType} is not offered`;
    return { problems: [{ code: 'UnknownInstanceType', path: `${path}.instanceType`, message, remedy }], warnings: [] };
  }
  const warnings = type ? [] : [notInCatalogue(group.instanceType, `${path}.instanceType`, 'the group', offered)];
  const cpu = group.resources?.cpu;
  const memory = group.resources?.memory;
  if (!cpu && !memory) return { machine: shape, problems: [], warnings };
  const problems = [
    ...(cpu ? checkSize('nodeCpu', cpu, `${path}.resources.cpu`, catalog) : []),
    ...(memory ? checkSize('nodeMemory', memory, `${path}.resources.memory`, catalog) : []),
  ];
  if (problems.length > 0) return { problems, warnings };
  return { machine: { cpu: cpu ? Number(cpu) : shape.cpu, memory: memory || shape.memory }, problems, warnings };
}

/**
 * The machine that was let through, if the request still names its type. What yesterday's functions let through does
 * not say the type behind an override: there the same override must be asked for.
 */
function keptShape(group: NodeGroup, accepted: NodePoolSpec | undefined): NodePoolSpec['machine'] | undefined {
  if (!accepted) return undefined;
  const { machine, asked } = accepted;
  const type = machine.instanceType ?? asked?.instanceType;
  if (type !== undefined) return type === group.instanceType ? machine : undefined;
  const { cpu, memory } = group.resources ?? {};
  const same = (!cpu || Number(cpu) === machine.cpu) && (!memory || memory === machine.memory);
  return (cpu || memory) && same ? machine : undefined;
}
