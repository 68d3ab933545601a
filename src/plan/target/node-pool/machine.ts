import type { NodePoolSpec } from '../../../api/parts/node-pool.ts';
import { entryOf } from '../../../base/json.ts';
import type { Catalog } from '../../../catalog/index.ts';
import { type Finding, notInCatalogue } from '../../finding.ts';
import { oneOf } from '../../nearest.ts';
import type { GroupRequest } from '../../request/request.ts';
import { checkSize } from '../sizes.ts';

export interface MachinePlan {
  machine?: NodePoolSpec['machine'];
  findings: Finding[];
}

/**
 * Shape of a node: the instance type, or CPU and memory that override it (H40). With an override the machine names no
 * instance type, because KubeVirt refuses both together. A type that left the catalogue keeps the shape it gave.
 */
export function planMachine(group: GroupRequest, catalog: Catalog, accepted: NodePoolSpec | undefined): MachinePlan {
  const { path, cpu, memory } = group;
  const offered = Object.keys(catalog.instanceTypes);
  const type = entryOf(catalog.instanceTypes, group.instanceType);
  const shape = type ? { instanceType: group.instanceType, ...type } : keptShape(group, accepted);
  if (!shape) {
    const remedy = oneOf(group.instanceType, offered);
    const message = `${group.instanceType} is not offered`;
    return { findings: [{ code: 'UnknownInstanceType', path: `${path}.instanceType`, message, remedy }] };
  }
  const left = type ? [] : [notInCatalogue(group.instanceType, `${path}.instanceType`, 'the group', offered)];
  if (!cpu && !memory) return { machine: shape, findings: left };
  const wrong = [
    ...(cpu ? checkSize('nodeCpu', cpu, `${path}.resources.cpu`, catalog) : []),
    ...(memory ? checkSize('nodeMemory', memory, `${path}.resources.memory`, catalog) : []),
  ];
  if (wrong.length > 0) return { findings: [...wrong, ...left] };
  return { machine: { cpu: cpu ? Number(cpu) : shape.cpu, memory: memory ?? shape.memory }, findings: left };
}

/**
 * The machine that was let through, if the request still names its type. What yesterday's functions let through does
 * not say the type behind an override: there the same override must be asked for.
 */
function keptShape(group: GroupRequest, accepted: NodePoolSpec | undefined): NodePoolSpec['machine'] | undefined {
  if (!accepted) return undefined;
  const { machine, asked } = accepted;
  const type = machine.instanceType ?? asked?.instanceType;
  if (type !== undefined) return type === group.instanceType ? machine : undefined;
  const { cpu, memory } = group;
  const same = (!cpu || Number(cpu) === machine.cpu) && (!memory || memory === machine.memory);
  return (cpu || memory) && same ? machine : undefined;
}
