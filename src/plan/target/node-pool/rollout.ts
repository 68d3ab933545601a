import type { NodePoolSpec } from '../../../api/parts/node-pool.ts';
import type { NodeGroup } from '../../../api/v1alpha1/node-group.ts';
import type { Problem } from '../../finding.ts';

/**
 * How the nodes of a group are replaced. One more at a time asks for a spare machine, which there may not be of one
 * with GPUs: those make room first, and one zone after another, so that the others go on working.
 */
export function planRollout(
  { gpus = [], rollout }: NodeGroup,
  path: string,
): { rollout?: NonNullable<NodePoolSpec['rollout']>; problems: Problem[] } {
  const spare = gpus.length === 0;
  if (!rollout && spare) return { problems: [] };
  const fewer = rollout?.maxUnavailable;
  const maxSurge = rollout?.maxSurge ?? ((fewer === undefined ? spare : fewer === 0) ? 1 : 0);
  const maxUnavailable = fewer ?? (maxSurge === 0 ? 1 : 0);
  if (maxSurge + maxUnavailable === 0) {
    const message = 'maxSurge and maxUnavailable are both 0, so that no node could ever be replaced';
    return { problems: [{ code: 'InvalidField', path: `${path}.rollout`, message, remedy: 'raise one of them to 1' }] };
  }
  return { rollout: { maxSurge, maxUnavailable, ...(maxSurge === 0 ? { zonesInTurn: true } : {}) }, problems: [] };
}
