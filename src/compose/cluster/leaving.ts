import { HOST_RESERVATION_KIND } from '../../api/group.ts';
import { entryOf, listAt, stringAt } from '../../base/json.ts';
import { isGone } from '../../plan/change/retire.ts';
import type { ClusterPlan } from '../../plan/index.ts';
import type { ObservedCluster } from '../../plan/observed.ts';
import { PARTS } from '../../render/cluster/resource-names.ts';
import { leavingStatus } from '../leaving-status.ts';
import type { ComposeInput, ComposeOutput } from '../types.ts';
import { hostHolder, hostsInUse, observedReservations } from './host.ts';
import type { Part } from './parts.ts';

/** A part of the cluster that may go. */
export interface LeavingPart {
  /** What it is composed as. */
  name: string;
  /** What a tenant calls it. */
  title: string;
  reason: string;
}

/** Of all parts of a cluster only node groups and host names ever leave it. */
export function leavingParts(
  plan: ClusterPlan,
  observed: ObservedCluster,
  desired: ComposeOutput['desired'],
  input: ComposeInput,
): LeavingPart[] {
  const leaving = [...leavingPools(plan, observed), ...leavingReservations(plan, input)];
  return leaving.filter(({ name }) => !desired.has(name));
}

/** What leaves and why, for the claim: its own parts, and of each part what the part says. */
export function leavingLines(leaving: readonly LeavingPart[], parts: readonly Part[], { observed }: ComposeInput) {
  const below = parts.flatMap(({ name, title }) =>
    listAt(observed.get(name), 'status', 'leaving').map((entry): [string, string] => [
      title,
      stringAt(entry, 'reason') ?? '',
    ]),
  );
  return leavingStatus([...leaving.map(({ title, reason }): [string, string] => [title, reason]), ...below]);
}

/** Groups that retired and of which nothing is left, by what they report themselves. */
function leavingPools({ children }: ClusterPlan, { pools }: ObservedCluster): LeavingPart[] {
  const gone = Object.entries(pools).filter(([group, pool]) => !entryOf(children.pools, group) && isGone(pool));
  return gone.map(([group]) => ({
    name: PARTS.pool(group),
    title: `node group ${group}`,
    reason: 'the claim asks for it no more, and nothing of it is left',
  }));
}

/** Reservations of hosts that the cluster neither asks for nor has in use, and those that hold nothing for it. */
function leavingReservations(plan: ClusterPlan, input: ComposeInput): LeavingPart[] {
  const ours = observedReservations(input);
  const holder = hostHolder(input);
  const used = new Set([...plan.hosts, ...hostsInUse(input)]);
  const reasonOf = (name: string, host: string): string | undefined => {
    if (ours.get(host) !== name || holder(host) === 'other') return 'it holds its host for another cluster';
    return plan.accepted && !used.has(host) ? 'the cluster uses it no more' : undefined;
  };
  return [...input.observed].flatMap(([name, object]) => {
    if (object.kind !== HOST_RESERVATION_KIND) return [];
    const host = stringAt(object, 'spec', 'host') ?? '';
    const reason = reasonOf(name, host);
    return reason === undefined ? [] : [{ name, title: `host ${host}`, reason }];
  });
}
