import { byKey } from '../../base/json.ts';
import type { Pending } from '../../plan/change/pending.ts';
import { HOLDS } from '../../plan/finding.ts';
import type { ClusterPlan } from '../../plan/index.ts';
import type { Part } from './parts.ts';
import type { Reading } from './read/index.ts';

/** Everything of an accepted request that waits: steps the plan holds back, parts without room, and zones of a group. */
export function pendingOf(plan: ClusterPlan, parts: readonly Part[], { observed }: Reading): Pending[] {
  const crowded = parts.flatMap(({ name, hold }): Pending[] =>
    hold && !plan.absent.has(name) ? [{ ...hold, part: name, path: 'spec' }] : [],
  );
  const zones = byKey(observed.pools).flatMap(([group, { spec, status }]) =>
    spec.retire ? [] : (status?.pending ?? []).map(held => ofGroup(group, held)),
  );
  return [...plan.pending, ...crowded, ...zones];
}

/** What a node group says of its own zones; a code this function does not know is the usual one. */
function ofGroup(group: string, { code, reason, remedy }: { code: string; reason: string; remedy: string }): Pending {
  const known = HOLDS.find(hold => hold === code) ?? 'ZonesInTurn';
  return { code: known, part: `pool-${group}`, path: `spec.nodeGroups.${group}`, reason, remedy };
}
