import { at, list, num, obj, str } from '../../json.ts';
import type { Kube, KubeObject } from '../../kube.ts';
import { parseQuantity } from './quantity.ts';

/** The virtual machine's shape, whether given directly or by an instance type. */
export interface Shape {
  cpu: number;
  memory: string;
  memoryBytes: number;
}

/** The instance type a VirtualMachine names: none, found, or the complaint that it does not exist. */
export async function findInstancetype(kube: Kube, vm: KubeObject): Promise<KubeObject | undefined> {
  const name = str(at(vm.spec, 'instancetype', 'name'));
  if (name === undefined) return undefined;
  const kind = (str(at(vm.spec, 'instancetype', 'kind')) ?? CLUSTER).toLowerCase();
  const isCluster = kind === CLUSTER.toLowerCase() || kind === `${CLUSTER.toLowerCase()}s`;
  const found = isCluster
    ? await kube.get(`${GROUP}/${CLUSTER}`, name)
    : await kube.get(`${GROUP}/VirtualMachineInstancetype`, name, vm.metadata.namespace);
  if (found) return found;
  const resource = isCluster ? 'virtualmachineclusterinstancetypes' : 'virtualmachineinstancetypes';
  throw new Error(`Failure to find instancetype: ${resource}.instancetype.kubevirt.io "${name}" not found`);
}

/** Fields of the machine that an instance type decides and that may therefore not be given beside it. */
export function instancetypeConflicts(vm: KubeObject): string[] {
  const domain = at(vm.spec, 'template', 'spec', 'domain');
  const given = [
    ...['cores', 'sockets', 'threads'].map(field => ['cpu', field]),
    ['memory', 'guest'],
    ['memory', 'maxGuest'],
    ...['requests', 'limits'].flatMap(part => ['cpu', 'memory'].map(name => ['resources', part, name])),
  ];
  return given
    .filter(path => at(domain, ...path) !== undefined)
    .map(path => `spec.template.spec.domain.${path.join('.')}`);
}

/** vCPUs and memory of a machine. */
export function shapeOf(vm: KubeObject, instancetype: KubeObject | undefined): Shape {
  const domain = at(vm.spec, 'template', 'spec', 'domain');
  const cpu = instancetype ? num(at(instancetype.spec, 'cpu', 'guest')) : topology(obj(at(domain, 'cpu')));
  const memory = instancetype
    ? str(at(instancetype.spec, 'memory', 'guest'))
    : (str(at(domain, 'memory', 'guest')) ?? str(at(domain, 'resources', 'requests', 'memory')));
  if (cpu === undefined || memory === undefined) throw new Error('the machine has neither CPU nor memory');
  return { cpu, memory, memoryBytes: parseQuantity(memory) };
}

/** Resource names of the graphics cards, one entry per card. */
export function gpusOf(vm: KubeObject, instancetype: KubeObject | undefined): string[] {
  const own = list(at(vm.spec, 'template', 'spec', 'domain', 'devices', 'gpus'));
  return [...own, ...list(instancetype?.spec?.gpus)].flatMap(gpu => str(at(gpu, 'deviceName')) ?? []);
}

const GROUP = 'instancetype.kubevirt.io/v1beta1';
const CLUSTER = 'VirtualMachineClusterInstancetype';

function topology(cpu: Record<string, unknown>): number {
  return (num(cpu.cores) ?? 1) * (num(cpu.sockets) ?? 1) * (num(cpu.threads) ?? 1);
}
