import type { NodePoolSpec } from '../../../api/parts/node-pool.ts';
import type { Finding } from '../../finding.ts';
import type { GroupRequest } from '../../request/request.ts';

/**
 * How the nodes of a group are replaced. One more at a time asks for a spare machine, which there may not be of one
 * with GPUs: those make room first, and one zone after another, so that the others go on working.
 */
export function planRollout({ gpus, rollout, path }: Pick<GroupRequest, 'gpus' | 'rollout' | 'path'>): {
  rollout?: NonNullable<NodePoolSpec['rollout']>;
  findings: Finding[];
} {
  const spare = gpus.length === 0;
  if (!rollout && spare) return { findings: [] };
  const fewer = rollout?.maxUnavailable;
  const maxSurge = rollout?.maxSurge ?? ((fewer === undefined ? spare : fewer === 0) ? 1 : 0);
  const maxUnavailable = fewer ?? (maxSurge === 0 ? 1 : 0);
  if (maxSurge + maxUnavailable === 0) {
    const message = 'maxSurge and maxUnavailable are both 0, so that no node could ever be replaced';
    return { findings: [{ code: 'InvalidField', path: `${path}.rollout`, message, remedy: 'raise one of them to 1' }] };
  }
  return { rollout: { maxSurge, maxUnavailable, ...(maxSurge === 0 ? { zonesInTurn: true } : {}) }, findings: [] };
}
