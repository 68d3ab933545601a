import { parseQuantity } from '../../base/quantity.ts';
import type { Catalog } from '../../catalog/index.ts';
import type { Finding } from '../finding.ts';

/** Kinds of sizes a tenant writes. */
export type SizeKind = keyof typeof FLOORS;

/**
 * The least of each kind that can work at all; the most is the catalogue's. Without a floor `0` means no limit to
 * Kubernetes, and a number beyond the ceiling is one that no machine has and JSON may not carry.
 */
const FLOORS = {
  nodeCpu: { least: '1', what: 'CPU for a node', example: '6' },
  nodeMemory: { least: '1Gi', what: 'memory for a node', example: '48Gi' },
  nodeDisk: { least: '1Gi', what: 'disk for a node', example: '50Gi' },
  componentCpu: { least: '50m', what: 'CPU for a part of the control plane', example: '500m' },
  componentMemory: { least: '64Mi', what: 'memory for a part of the control plane', example: '1Gi' },
} as const;

/**
 * A problem if a size is none, or outside what its kind can be.
 *
 * @param floor more than the least of its kind, where something in the catalogue needs more
 */
export function checkSize(kind: SizeKind, size: string, path: string, { limits }: Catalog, floor?: string): Finding[] {
  const { what, example } = FLOORS[kind];
  const least = floor ?? FLOORS[kind].least;
  const most = limits.ceilings[kind];
  const amount = parseQuantity(size) ?? Number.NaN;
  const [lowest, highest] = [parseQuantity(least) ?? 0, parseQuantity(most) ?? 0];
  const whole = kind !== 'nodeCpu' || /^[0-9]+$/.test(size);
  if (amount >= lowest && amount <= highest && whole) return [];
  const wrong = amount > highest ? 'too much' : 'not enough';
  return [
    {
      code: 'InvalidSize',
      path,
      message: whole ? `${size} is ${wrong} ${what}` : `${size} is not a whole number of vCPU`,
      remedy: `use ${least} to ${most}, for example "${example}"`,
    },
  ];
}
