import { byKey } from '../../base/json.ts';
import type { Pending } from '../../plan/change/pending.ts';
import type { ClusterPlan } from '../../plan/index.ts';
import type { Part } from './parts.ts';
import type { Reading } from './read/index.ts';

/** Everything of an accepted request that waits: steps the plan holds back, parts without room, and zones of a group. */
export function pendingOf(plan: ClusterPlan, parts: readonly Part[], { observed }: Reading): Pending[] {
  const crowded = parts.flatMap(({ name, hold }): Pending[] =>
    hold && !plan.absent.has(name) ? [{ ...hold, part: name, path: 'spec' }] : [],
  );
  const zones = byKey(observed.pools).flatMap(([group, { spec, status }]) =>
    spec.retire ? [] : (status?.held ?? []).map(reason => zonesInTurn(group, reason)),
  );
  return [...plan.pending, ...crowded, ...zones];
}

function zonesInTurn(group: string, reason: string): Pending {
  const remedy = `wait; what the group waits for stands in status.nodeGroups.${group}`;
  return { code: 'ZonesInTurn', part: `pool-${group}`, path: `spec.nodeGroups.${group}`, reason, remedy };
}
