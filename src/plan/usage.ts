import type { NodePoolSpec } from '../api/parts/node-pool.ts';
import type { ClusterStatus } from '../api/v1alpha1/status.ts';
import { mebibytes } from '../base/quantity.ts';
import { totalsOf } from './target/node-pool/split-bounds.ts';

/** What the node groups take of the platform at their fewest and at their most. */
export function planUsage(pools: Iterable<NodePoolSpec>): NonNullable<ClusterStatus['usage']> {
  const usage = { vcpu: 0, vcpuMax: 0, memoryGiB: 0, memoryGiBMax: 0, gpus: 0, gpusMax: 0, diskGiB: 0, diskGiBMax: 0 };
  for (const pool of pools) {
    if (pool.retire) continue;
    const { min, max } = totalsOf(pool.zones);
    const memory = gibibytes(pool.machine.memory);
    const disk = gibibytes(pool.disk.size);
    const gpus = pool.gpus?.devices.length ?? 0;
    usage.vcpu += min * pool.machine.cpu;
    usage.vcpuMax += max * pool.machine.cpu;
    usage.memoryGiB += min * memory;
    usage.memoryGiBMax += max * memory;
    usage.gpus += min * gpus;
    usage.gpusMax += max * gpus;
    usage.diskGiB += min * disk;
    usage.diskGiBMax += max * disk;
  }
  return usage;
}

function gibibytes(quantity: string): number {
  return Math.ceil((mebibytes(quantity) ?? 0) / 1024);
}
