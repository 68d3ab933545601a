import { parseQuantity } from '../quantity.ts';
import type { KubeletConfig } from './kubelet-config.ts';

/** The virtual hardware of a machine. */
export interface Hardware {
  /** vCPUs. */
  cpu: number;
  memoryBytes: number;
  /** Size of the disk the machine boots from. */
  diskBytes: number;
}

/** What the kubelet reports of a machine: all it has, and what is left for Pods. */
export function nodeResources(hardware: Hardware, kubelet: KubeletConfig) {
  const { cpu, memoryBytes, diskBytes } = hardware;
  const reserved = (resource: string): number =>
    [kubelet.kubeReserved, kubelet.systemReserved]
      .map(part => part[resource])
      .reduce((sum, amount) => sum + (amount === undefined ? 0 : parseQuantity(amount)), 0);
  const memory = memoryBytes - reserved('memory') - threshold(kubelet.evictionHard['memory.available'], memoryBytes);
  const disk =
    diskBytes - reserved('ephemeral-storage') - threshold(kubelet.evictionHard['nodefs.available'], diskBytes);
  const milliCpu = Math.round((cpu - reserved('cpu')) * 1000);
  if (memory <= 0 || milliCpu <= 0) {
    throw new Error('cannot start the kubelet: the reservations exceed the capacity of the node');
  }
  const pods = String(kubelet.maxPods);
  return {
    capacity: { cpu: String(cpu), memory: kibibytes(memoryBytes), 'ephemeral-storage': kibibytes(diskBytes), pods },
    allocatable: {
      cpu: milliCpu % 1000 === 0 ? String(milliCpu / 1000) : `${milliCpu}m`,
      memory: kibibytes(memory),
      'ephemeral-storage': String(Math.floor(Math.max(disk, 0))),
      pods,
    },
  };
}

/** An eviction threshold is an amount or a share of the whole. */
function threshold(value: string | undefined, whole: number): number {
  if (value === undefined) return 0;
  return value.endsWith('%') ? (whole * Number.parseFloat(value)) / 100 : parseQuantity(value);
}

function kibibytes(bytes: number): string {
  return `${Math.floor(bytes / 1024)}Ki`;
}
