import { type Controller, runController } from '../../controller.ts';
import { at, condition, list, obj, str, strings } from '../../json.ts';
import type { Kube, KubeObject } from '../../kube.ts';
import type { Log } from '../../log.ts';
import { findInstancetype, type Shape, shapeOf } from './instancetype.ts';
import { DATA_VOLUME, VM, VMI } from './kinds.ts';
import { type ConditionInput, ensure, ownedBy, setFinalizer, writeStatus } from './objects.ts';

/** Stand-in for KubeVirt's VirtualMachine controller: volumes first, then an instance that it keeps running. */
export function startVirtualMachines(kube: Kube, log: Log): Controller {
  return runController({
    name: 'virtual machines',
    kube,
    log,
    watches: [
      { kind: VM },
      // The instance of a machine has its name.
      { kind: VMI, map: instance => [instance.metadata] },
      {
        kind: DATA_VOLUME,
        map: volume => (volume.metadata.ownerReferences ?? []).map(owner => ownerKey(volume, owner)),
      },
    ],
    async reconcile({ name, namespace }) {
      const vm = await kube.get(VM, name, namespace);
      if (!vm) return;
      const instance = await kube.get(VMI, name, namespace);
      if (vm.metadata.deletionTimestamp) return remove(kube, vm, instance);
      await setFinalizer(kube, vm, FINALIZER, true);
      const volumes = await ensureVolumes(kube, vm);
      const next = await run(kube, vm, instance, volumes);
      await report(kube, vm, next, volumes);
    },
  });
}

const FINALIZER = 'kubevirt.io/virtualMachineControllerFinalize';

function ownerKey(object: KubeObject, owner: { name: string }) {
  return { namespace: object.metadata.namespace, name: owner.name };
}

/** The machine goes when its instance is gone. */
async function remove(kube: Kube, vm: KubeObject, instance: KubeObject | undefined): Promise<void> {
  if (!instance) return setFinalizer(kube, vm, FINALIZER, false);
  if (!instance.metadata.deletionTimestamp) await kube.delete(VMI, instance.metadata.name, instance.metadata.namespace);
}

async function ensureVolumes(kube: Kube, vm: KubeObject): Promise<KubeObject[]> {
  const { namespace } = vm.metadata;
  return Promise.all(
    list(vm.spec?.dataVolumeTemplates).map(template =>
      ensure(kube, {
        apiVersion: 'cdi.kubevirt.io/v1beta1',
        kind: 'DataVolume',
        metadata: {
          name: str(at(template, 'metadata', 'name')) ?? '',
          namespace,
          labels: strings(at(template, 'metadata', 'labels')),
          annotations: strings(at(template, 'metadata', 'annotations')),
          ownerReferences: [ownedBy(vm)],
        },
        spec: obj(at(template, 'spec')),
      }),
    ),
  );
}

/** Starts, keeps or restarts the instance; returns it as it is wanted now. */
async function run(
  kube: Kube,
  vm: KubeObject,
  instance: KubeObject | undefined,
  volumes: KubeObject[],
): Promise<KubeObject | undefined> {
  const strategy = str(vm.spec?.runStrategy) ?? (vm.spec?.running === true ? 'Always' : 'Halted');
  const { name, namespace } = vm.metadata;
  if (instance) {
    const ended = ['Failed', 'Succeeded'].includes(phaseOf(instance) ?? '');
    const restarts = strategy === 'Always' || (strategy === 'RerunOnFailure' && phaseOf(instance) === 'Failed');
    const unwanted = strategy === 'Halted' || (ended && restarts);
    if (unwanted && !instance.metadata.deletionTimestamp) await kube.delete(VMI, name, namespace);
    return instance;
  }
  if (!['Always', 'RerunOnFailure', 'Once'].includes(strategy) || !volumes.every(isUsable)) return undefined;
  const instancetype = await findInstancetype(kube, vm);
  return ensure(kube, instanceFor(vm, shapeOf(vm, instancetype), list(instancetype?.spec?.gpus)));
}

/** A volume that waits for its first consumer gets it with the instance. */
function isUsable(volume: KubeObject): boolean {
  return ['Succeeded', 'WaitForFirstConsumer'].includes(phaseOf(volume) ?? '');
}

/** The instance of a machine, with everything its instance type decides written out; pure. */
export function instanceFor(vm: KubeObject, shape: Shape, instancetypeGpus: unknown[]): KubeObject {
  const template = obj(vm.spec?.template);
  const spec = obj(template.spec);
  const domain = obj(spec.domain);
  const devices = obj(domain.devices);
  const gpus = [...list(devices.gpus), ...instancetypeGpus];
  return {
    apiVersion: 'kubevirt.io/v1',
    kind: 'VirtualMachineInstance',
    metadata: {
      name: vm.metadata.name,
      namespace: vm.metadata.namespace,
      labels: strings(at(template, 'metadata', 'labels')),
      annotations: strings(at(template, 'metadata', 'annotations')),
      finalizers: [INSTANCE_FINALIZER],
      ownerReferences: [ownedBy(vm)],
    },
    spec: {
      ...spec,
      domain: {
        ...domain,
        cpu: at(domain, 'cpu', 'cores') === undefined ? { ...obj(domain.cpu), sockets: shape.cpu } : domain.cpu,
        memory: { ...obj(domain.memory), guest: shape.memory },
        devices: { ...devices, ...(gpus.length > 0 && { gpus }) },
      },
    },
  };
}

/** Held until the instance's Pod is gone. */
export const INSTANCE_FINALIZER = 'foregroundDeleteVirtualMachine';

async function report(kube: Kube, vm: KubeObject, instance: KubeObject | undefined, volumes: KubeObject[]) {
  const ready = condition(instance, 'Ready');
  const isReady = ready?.status === 'True';
  const scheduled = condition(instance, 'PodScheduled');
  const copied: ConditionInput[] = ['LiveMigratable', 'PodScheduled'].flatMap(type => {
    const found = condition(instance, type);
    if (!found) return [];
    const { reason, message } = found;
    return [
      {
        type,
        status: found.status === 'True' ? ('True' as const) : ('False' as const),
        ...(reason && { reason }),
        ...(message && { message }),
      },
    ];
  });
  const notReady = instance
    ? { reason: ready?.reason || 'GuestNotRunning', message: ready?.message || 'Guest VM is not reported as running' }
    : { reason: 'VMINotExists', message: 'VMI does not exist' };
  await writeStatus(kube, vm, {
    created: instance !== undefined,
    ready: isReady,
    printableStatus: printable(instance, volumes, scheduled?.reason),
    observedGeneration: vm.metadata.generation ?? 0,
    conditions: [{ type: 'Ready', ...(isReady ? { status: 'True' } : { status: 'False', ...notReady }) }, ...copied],
  });
}

function printable(instance: KubeObject | undefined, volumes: KubeObject[], scheduling: string | undefined): string {
  if (volumes.some(volume => phaseOf(volume) === 'Failed')) return 'DataVolumeError';
  if (!instance) return volumes.every(isUsable) ? 'Stopped' : 'Provisioning';
  if (instance.metadata.deletionTimestamp) return 'Terminating';
  if (phaseOf(instance) === 'Running') return 'Running';
  return scheduling === 'Unschedulable' ? 'ErrorUnschedulable' : 'Starting';
}

function phaseOf(object: KubeObject): string | undefined {
  return str(object.status?.phase);
}
