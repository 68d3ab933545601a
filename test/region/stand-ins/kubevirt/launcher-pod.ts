import { createHash } from 'node:crypto';
import { at, list, num, obj, str } from '../../json.ts';
import type { KubeObject } from '../../kube.ts';
import { ownedBy } from './objects.ts';
import { parseQuantity } from './quantity.ts';

/** Label of every launcher Pod. */
export const LAUNCHER = { 'kubevirt.io': 'virt-launcher' };

/** The Pod a machine runs in, placed by the scheduler wherever the machine may stand; pure. */
export function launcherPod(instance: KubeObject): KubeObject {
  const { name, namespace, uid = '' } = instance.metadata;
  const spec = obj(instance.spec);
  const volumes = claimNames(instance).map((claimName, index) => ({
    name: `disk-${index}`,
    persistentVolumeClaim: { claimName },
  }));
  return {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: {
      // A name of its own for each instance: the Pod of the one before may still be ending.
      name: `virt-launcher-${name}-${createHash('sha256').update(uid).digest('hex').slice(0, 5)}`,
      namespace,
      labels: {
        ...instance.metadata.labels,
        ...LAUNCHER,
        'kubevirt.io/created-by': uid,
        'vm.kubevirt.io/name': name,
      },
      annotations: { ...instance.metadata.annotations, 'kubevirt.io/domain': name },
      ownerReferences: [ownedBy(instance)],
    },
    spec: {
      restartPolicy: 'Never',
      automountServiceAccountToken: false,
      enableServiceLinks: false,
      terminationGracePeriodSeconds: num(spec.terminationGracePeriodSeconds) ?? 30,
      nodeSelector: { ...obj(spec.nodeSelector), 'kubevirt.io/schedulable': 'true' },
      ...pick(spec, ['affinity', 'tolerations', 'topologySpreadConstraints', 'priorityClassName', 'schedulerName']),
      containers: [
        {
          name: 'compute',
          image: 'quay.io/kubevirt/virt-launcher:v1.9.0',
          resources: launcherResources(spec),
          ...(volumes.length > 0 && {
            volumeMounts: volumes.map(volume => ({ name: volume.name, mountPath: `/var/run/disks/${volume.name}` })),
          }),
        },
      ],
      volumes,
    },
  };
}

/** Memory that KubeVirt itself needs beside the guest's. */
const OVERHEAD_BYTES = 300 * 2 ** 20;
/** KubeVirt's default: ten vCPUs share one CPU of the host. */
const CPU_ALLOCATION_RATIO = 10;

function launcherResources(spec: Record<string, unknown>) {
  const cpu = obj(at(spec, 'domain', 'cpu'));
  const dedicated = cpu.dedicatedCpuPlacement === true;
  const cores = (num(cpu.cores) ?? 1) * (num(cpu.sockets) ?? 1) * (num(cpu.threads) ?? 1);
  const asked = obj(at(spec, 'domain', 'resources', 'requests'));
  const requestedCpu = str(asked.cpu) ?? (dedicated ? String(cores) : `${(cores * 1000) / CPU_ALLOCATION_RATIO}m`);
  const guest = parseQuantity(str(at(spec, 'domain', 'memory', 'guest')) ?? '0');
  const devices: Record<string, number> = {
    'devices.kubevirt.io/kvm': 1,
    'devices.kubevirt.io/tun': 1,
    'devices.kubevirt.io/vhost-net': 1,
  };
  for (const gpu of list(at(spec, 'domain', 'devices', 'gpus'))) {
    const device = str(at(gpu, 'deviceName'));
    if (device) devices[device] = (devices[device] ?? 0) + 1;
  }
  const extended = Object.fromEntries(Object.entries(devices).map(([device, count]) => [device, String(count)]));
  const requests = { cpu: requestedCpu, memory: String(guest + OVERHEAD_BYTES), ...extended };
  return { requests, limits: { ...extended, ...(dedicated && { cpu: requests.cpu, memory: requests.memory }) } };
}

/** Claims of the machine's disks. */
export function claimNames(instance: KubeObject): string[] {
  return list(instance.spec?.volumes).flatMap(volume => {
    return str(at(volume, 'dataVolume', 'name')) ?? str(at(volume, 'persistentVolumeClaim', 'claimName')) ?? [];
  });
}

function pick(object: Record<string, unknown>, keys: string[]): Record<string, unknown> {
  return Object.fromEntries(keys.filter(key => object[key] !== undefined).map(key => [key, object[key]]));
}
