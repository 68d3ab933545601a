import { isIP } from 'node:net';
import { join } from 'node:path';
import { at, list, obj, str } from '../../json.ts';
import type { Kube, KubeObject } from '../../kube.ts';
import type { Nodes, PodRuntime, PodSandbox, RunningPod } from '../nodes/index.ts';
import type { StandInContext } from '../stand-in.ts';
import type { Route } from './guest/discovery.ts';
import { bootMachine, type Disk, type MachineSpec } from './guest/machine.ts';
import { gpusOf, shapeOf } from './instancetype.ts';
import { VM, VMI } from './kinds.ts';
import { LAUNCHER } from './launcher-pod.ts';
import { recordEvent } from './objects.ts';
import { parseQuantity } from './quantity.ts';

/** What runs in a launcher Pod: the guest, for as long as the Pod. */
export function guestRuntime(
  { kube, log, dir, processes, binaries }: StandInContext,
  network: Nodes['network'],
): PodRuntime {
  const disks = new Map<string, Disk>();
  const route = createRouter(network);
  return {
    name: 'virt-launcher',
    runs: pod => pod.metadata.labels?.['kubevirt.io'] === LAUNCHER['kubevirt.io'],
    async start(sandbox) {
      const { namespace, annotations, uid = '' } = sandbox.pod.metadata;
      const name = annotations?.['kubevirt.io/domain'] ?? '';
      const instance = await kube.get(VMI, name, namespace);
      if (!instance) throw new Error(`cannot start the guest: VirtualMachineInstance ${name} is gone`);
      const spec = await machineSpec(kube, instance, sandbox);
      const disk = diskOf(disks, instance);
      const machine = bootMachine(spec, {
        log,
        dir: join(dir, 'guests', uid),
        disk,
        network,
        processes,
        binaries,
        route,
        onRefused(message) {
          log(`${name}: ${message}`);
          void recordEvent(kube, instance, 'GuestFailed', message).catch(error => log(String(error)));
        },
      });
      return {
        ready: async () => true,
        exited: new Promise(() => undefined),
        stop: machine.stop,
        kill: machine.stop,
      } satisfies RunningPod;
    },
  };
}

/** Reads everything the machine is made of; whatever is missing keeps the Pod from starting, as in life. */
async function machineSpec(kube: Kube, instance: KubeObject, { ip }: PodSandbox): Promise<MachineSpec> {
  const { name, namespace = '' } = instance.metadata;
  const vm = await kube.get(VM, name, namespace);
  // The instance has the shape of its instance type written out.
  const shape = shapeOf({ ...instance, spec: { template: { spec: instance.spec } } }, undefined);
  const { image, sizeBytes } = rootDisk(instance, vm);
  return {
    name,
    namespace,
    ip,
    hardware: { cpu: shape.cpu, memoryBytes: shape.memoryBytes, diskBytes: sizeBytes },
    gpus: gpusOf({ ...instance, spec: { template: { spec: instance.spec } } }, undefined).length,
    version: versionOf(image),
    userData: await readUserData(kube, instance),
  };
}

/** The disk the machine boots from: the one with the lowest boot order, else the first that is not cloud-init's. */
function rootDisk(instance: KubeObject, vm: KubeObject | undefined): { image: string; sizeBytes: number } {
  const disks = list(at(instance.spec, 'domain', 'devices', 'disks')).map(obj);
  const ordered = disks.toSorted((a, b) => Number(a.bootOrder ?? 99) - Number(b.bootOrder ?? 99));
  for (const disk of ordered) {
    const volume = list(instance.spec?.volumes).find(entry => at(entry, 'name') === disk.name);
    const containerDisk = str(at(volume, 'containerDisk', 'image'));
    if (containerDisk) return { image: containerDisk, sizeBytes: CONTAINER_DISK_BYTES };
    const claim = str(at(volume, 'dataVolume', 'name')) ?? str(at(volume, 'persistentVolumeClaim', 'claimName'));
    const template = list(vm?.spec?.dataVolumeTemplates).find(entry => at(entry, 'metadata', 'name') === claim);
    if (!claim || !template) continue;
    const storage = at(template, 'spec', 'storage') ?? at(template, 'spec', 'pvc');
    const size = str(at(storage, 'resources', 'requests', 'storage')) ?? '0';
    return { image: JSON.stringify(at(template, 'spec')), sizeBytes: parseQuantity(size) };
  }
  throw new Error('cannot start the guest: no bootable device');
}

/** Container disks cannot grow; node images are built with this size. */
const CONTAINER_DISK_BYTES = 10 * 2 ** 30;

/** The Kubernetes version a node image carries in its address. */
export function versionOf(image: string): string {
  const version = /v?(1\.\d+\.\d+)/.exec(image)?.[1];
  if (!version) throw new Error(`cannot boot a Kubernetes node: ${image} names no Kubernetes version`);
  return `v${version}`;
}

async function readUserData(kube: Kube, instance: KubeObject): Promise<string> {
  for (const volume of list(instance.spec?.volumes)) {
    const source = at(volume, 'cloudInitConfigDrive') ?? at(volume, 'cloudInitNoCloud');
    const inline = str(at(source, 'userData'));
    if (inline !== undefined) return inline;
    const name = str(at(source, 'secretRef', 'name'));
    if (name === undefined) continue;
    const secret = await kube.get('v1/Secret', name, instance.metadata.namespace);
    const encoded = secret?.data?.userdata ?? secret?.data?.userData;
    if (encoded === undefined) throw new Error(`cannot start the guest: Secret ${name} has no key userdata`);
    return Buffer.from(encoded, 'base64').toString();
  }
  throw new Error('cannot start the guest: it has no cloud-init volume');
}

/** A disk lives as long as its claim; container disks are new with each instance. */
function diskOf(disks: Map<string, Disk>, instance: KubeObject): Disk {
  const hasClaim = list(instance.spec?.volumes).some(
    volume => at(volume, 'dataVolume') !== undefined || at(volume, 'persistentVolumeClaim') !== undefined,
  );
  const owner = instance.metadata.ownerReferences?.[0]?.uid ?? '';
  const id = hasClaim ? owner : (instance.metadata.uid ?? '');
  const disk = disks.get(id) ?? {};
  disks.set(id, disk);
  return disk;
}

/** Guests of one cluster share one way to its API server. */
function createRouter(network: Nodes['network']): (endpoint: string) => Promise<Route> {
  const forwards = new Map<string, Promise<{ port: number }>>();
  return async endpoint => {
    const { hostname, port } = new URL(`https://${endpoint}`);
    // The machine the region runs on plays the outside network: what it listens on is dialled as it is.
    if (hostname === '127.0.0.1') return { server: `https://${endpoint}` };
    const forward = forwards.get(endpoint) ?? network.forward(hostname, Number(port || 443));
    forwards.set(endpoint, forward);
    forward.catch(() => forwards.delete(endpoint));
    const server = `https://127.0.0.1:${(await forward).port}`;
    // An address is no name to ask for; every API server answers for 127.0.0.1.
    return isIP(hostname) ? { server } : { server, tlsServerName: hostname };
  };
}
