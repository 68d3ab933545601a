import type { Guard } from './types.ts';

/**
 * The GPU operator outlives its nodes: those of a group that leaves, or of one whose GPUs were taken out and which is
 * being replaced node by node, need driver and device plugin to the end.
 */
export const drainsFirst: Guard = (step, { observed }) => {
  if (step.kind !== 'release-unneeded') return undefined;
  const left = Object.values(observed.pools).some(
    ({ spec, status }) => spec.gpus !== undefined || status?.gpuNodes !== false,
  );
  if (!left) return undefined;
  return {
    code: 'NodesDraining',
    reason: `${step.release} stays until the last node with GPUs is gone`,
    remedy: 'wait, or set spec.addons.gpuOperator.enabled to false to take it away at once',
  };
};
