import { type Controller, runController } from '../../controller.ts';
import { at, condition, list, str } from '../../json.ts';
import type { Kube, KubeObject } from '../../kube.ts';
import type { Log } from '../../log.ts';
import { POD, VMI } from './kinds.ts';
import { launcherPod } from './launcher-pod.ts';
import { type ConditionInput, ensure, setFinalizer, writeStatus } from './objects.ts';
import { INSTANCE_FINALIZER } from './virtual-machine.ts';

/** Stand-in for KubeVirt's instance controller: one Pod per instance, whose state it reports as the machine's. */
export function startInstances(kube: Kube, log: Log): Controller {
  return runController({
    name: 'virtual machine instances',
    kube,
    log,
    watches: [
      { kind: VMI },
      {
        kind: POD,
        labelSelector: 'kubevirt.io=virt-launcher',
        map: pod => [
          { namespace: pod.metadata.namespace, name: pod.metadata.annotations?.['kubevirt.io/domain'] ?? '' },
        ],
      },
    ],
    async reconcile({ name, namespace }) {
      const instance = await kube.get(VMI, name, namespace);
      if (!instance) return;
      const wanted = launcherPod(instance);
      const pod = await kube.get(POD, wanted.metadata.name, namespace);
      if (instance.metadata.deletionTimestamp) return remove(kube, instance, pod);
      const phase = str(instance.status?.phase);
      if (phase === 'Failed' || phase === 'Succeeded') return;
      // A machine does not move to a new Pod: once it ran, losing its Pod is its end.
      const lost = phase === 'Running' && !pod;
      const current = pod ?? (lost ? undefined : await ensure(kube, wanted));
      await report(kube, instance, current);
    },
  });
}

async function remove(kube: Kube, instance: KubeObject, pod: KubeObject | undefined): Promise<void> {
  if (!pod) return setFinalizer(kube, instance, INSTANCE_FINALIZER, false);
  if (!pod.metadata.deletionTimestamp) await kube.delete(POD, pod.metadata.name, pod.metadata.namespace);
}

async function report(kube: Kube, instance: KubeObject, pod: KubeObject | undefined): Promise<void> {
  const phase = phaseOf(instance, pod);
  const running = phase === 'Running';
  const ip = str(at(pod, 'status', 'podIP'));
  const nodeName = str(at(pod, 'spec', 'nodeName'));
  await writeStatus(kube, instance, {
    phase,
    ...(nodeName && { nodeName }),
    ...(running && ip && { interfaces: interfaces(instance, ip) }),
    conditions: [
      readyCondition(running, pod),
      ...scheduledCondition(pod),
      ...(running ? [migratableCondition(instance)] : []),
    ],
  });
}

function phaseOf(instance: KubeObject, pod: KubeObject | undefined): string {
  const before = str(instance.status?.phase) ?? 'Pending';
  const podPhase = str(at(pod, 'status', 'phase'));
  if (!pod || podPhase === 'Failed') return 'Failed';
  if (podPhase === 'Succeeded') return 'Succeeded';
  if (podPhase === 'Running') return 'Running';
  return before === 'Running' ? 'Running' : 'Scheduling';
}

function interfaces(instance: KubeObject, ip: string) {
  const names = list(at(instance.spec, 'domain', 'devices', 'interfaces')).flatMap(
    entry => str(at(entry, 'name')) ?? [],
  );
  return (names.length > 0 ? names : ['default']).map((name, index) => ({
    name,
    ...(index === 0 && { ipAddress: ip, ipAddresses: [ip] }),
    podInterfaceName: `eth${index}`,
  }));
}

function readyCondition(running: boolean, pod: KubeObject | undefined): ConditionInput {
  const ready = condition(pod, 'Ready');
  if (running && ready?.status === 'True') return { type: 'Ready', status: 'True' };
  if (!running) {
    return {
      type: 'Ready',
      status: 'False',
      reason: 'GuestNotRunning',
      message: 'Guest VM is not reported as running',
    };
  }
  const message = ready?.reason ? `virt-launcher pod is not ready: ${ready.reason}` : 'virt-launcher pod is not ready';
  return { type: 'Ready', status: 'False', reason: 'PodNotReady', message };
}

/** Copied while the scheduler finds no place, because that is what people and Cluster API look for. */
function scheduledCondition(pod: KubeObject | undefined): ConditionInput[] {
  const scheduled = condition(pod, 'PodScheduled');
  if (scheduled?.status !== 'False') return [];
  return [{ type: 'PodScheduled', status: 'False', reason: scheduled.reason, message: scheduled.message }];
}

/** Passed-through cards pin a machine to its host; so does a bridge into the Pod network unless that is allowed. */
function migratableCondition(instance: KubeObject): ConditionInput {
  const type = 'LiveMigratable';
  const devices = at(instance.spec, 'domain', 'devices');
  if (list(at(devices, 'gpus')).length > 0 || list(at(devices, 'hostDevices')).length > 0) {
    const message = 'VMI uses a PCI host devices';
    return { type, status: 'False', reason: 'HostDeviceNotLiveMigratable', message };
  }
  const bridged = list(at(devices, 'interfaces')).some(entry => at(entry, 'bridge') !== undefined);
  const allowed = instance.metadata.annotations?.['kubevirt.io/allow-pod-bridge-network-live-migration'] !== undefined;
  if (bridged && !allowed) {
    const message = 'cannot migrate VMI which does not use masquerade to connect to the pod network';
    return { type, status: 'False', reason: 'InterfaceNotLiveMigratable', message };
  }
  return { type, status: 'True' };
}
