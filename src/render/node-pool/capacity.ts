import type { NodePoolSpec } from '../../api/parts/node-pool.ts';
import { mebibytes } from '../../base/quantity.ts';

/** What a kubelet sets aside, once for the system and once more for itself. */
export interface Reserved {
  millicores: number;
  mebibytes: number;
}

/** What is left for Pods. */
export interface Allocatable {
  millicores: number;
  mebibytes: number;
  diskMebibytes: number;
}

const SHARE = 0.05;
/** The kubelet evicts below this share of free memory, so that the scheduler does not hand it out. */
export const EVICT_MEMORY_BELOW = 0.07;
/** The same for the disk. */
export const EVICT_DISK_BELOW = 0.1;
/** What the file system itself takes of a disk. */
const FILE_SYSTEM_SHARE = 0.05;

/** A twentieth of the machine, at least what an idle kubelet needs and at most what a busy one does. */
export function reservedOf(machine: NodePoolSpec['machine']): Reserved {
  return {
    millicores: clamp(Math.floor(machine.cpu * 1000 * SHARE), 50, 500),
    mebibytes: clamp(Math.floor(memoryOf(machine) * SHARE), 256, 1024),
  };
}

/**
 * What Pods find on a new node. The autoscaler plans with it while a group has no node to look at, so it must never
 * promise more than the kubelet will report.
 */
export function allocatable(machine: NodePoolSpec['machine'], diskSize: string): Allocatable {
  const reserved = reservedOf(machine);
  const memory = memoryOf(machine);
  const disk = mebibytes(diskSize) ?? 0;
  return {
    millicores: Math.max(0, machine.cpu * 1000 - 2 * reserved.millicores),
    mebibytes: Math.max(0, Math.floor(memory - 2 * reserved.mebibytes - memory * EVICT_MEMORY_BELOW)),
    diskMebibytes: Math.floor(disk * (1 - FILE_SYSTEM_SHARE) * (1 - EVICT_DISK_BELOW)),
  };
}

function memoryOf(machine: NodePoolSpec['machine']): number {
  return mebibytes(machine.memory) ?? 0;
}

function clamp(value: number, least: number, most: number): number {
  return Math.min(most, Math.max(least, value));
}
