import type { Limits } from '../schema/limits.ts';

/**
 * Room for sixteen node groups with every label, taint and role they may have, and for overrides several times the size
 * of any documented one; a claim at these limits takes some tens of milliseconds a call (docs/benchmarks.md).
 */
export const limits: Limits = {
  claim: { characters: 480_000, values: 6_000 },
  override: { characters: 64_000, values: 2_000, depth: 16 },
  overrides: { characters: 128_000, values: 3_000 },
  ceilings: {
    nodeCpu: '256',
    nodeMemory: '4Ti',
    nodeDisk: '16Ti',
    componentCpu: '64',
    componentMemory: '256Gi',
  },
};
