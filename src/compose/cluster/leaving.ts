import type { LeavingLine } from '../../api/v1alpha1/status.ts';
import { byKey } from '../../base/json.ts';
import type { ClusterPlan } from '../../plan/index.ts';
import { holderOf } from '../../plan/reservations.ts';
import { leavingStatus } from '../leaving-status.ts';
import type { ComposeOutput } from '../types.ts';
import type { Part } from './parts.ts';
import type { Reading } from './read/index.ts';

/** A part of the cluster that may go. */
export interface LeavingPart {
  /** What it is composed as. */
  name: string;
  /** What a tenant calls it. */
  title: string;
  reason: string;
}

/** Of all parts of a cluster only node groups and host names ever leave it. */
export function leavingParts(plan: ClusterPlan, desired: ComposeOutput['desired'], reading: Reading): LeavingPart[] {
  const groups = plan.leaving.map(({ part, reason }) => ({ name: part, title: titleOf(part), reason }));
  return [...groups, ...leavingReservations(plan, reading)].filter(({ name }) => !desired.has(name));
}

/** What leaves and why, for the claim: its own parts, and of each part what the part says. */
export function leavingLines(leaving: readonly LeavingPart[], parts: readonly Part[], reading: Reading) {
  const below = parts.flatMap(({ name, title }) =>
    linesOf(name, reading).map(({ reason }): [string, string] => [title, reason]),
  );
  return leavingStatus([...leaving.map(({ title, reason }): [string, string] => [title, reason]), ...below]);
}

function titleOf(part: string): string {
  return `node group ${part.slice('pool-'.length)}`;
}

/** What a part itself says leaves it. */
function linesOf(name: Part['name'], { observed }: Reading): readonly LeavingLine[] {
  if (name === 'etcd') return observed.etcd?.status?.leaving ?? [];
  if (name === 'control-plane') return observed.controlPlane?.status?.leaving ?? [];
  if (name === 'addons') return observed.addons?.status?.leaving ?? [];
  const pool = byKey(observed.pools).find(([group]) => name === `pool-${group}`);
  return pool?.[1].status?.leaving ?? [];
}

/** Reservations of hosts that the cluster neither asks for nor has in use, and those that hold nothing for it. */
function leavingReservations(plan: ClusterPlan, reading: Reading): LeavingPart[] {
  const { composed, held, hostsInUse, reservations } = reading;
  const used = new Set([...plan.hosts, ...hostsInUse]);
  const reasonOf = (name: string, host: string): string | undefined => {
    if (held.get(host) !== name || holderOf(host, reservations) === 'other')
      return 'it holds its host for another cluster';
    return plan.accepted && !used.has(host) ? 'the cluster uses it no more' : undefined;
  };
  return [...composed].flatMap(([name, host]) => {
    const reason = reasonOf(name, host);
    return reason === undefined ? [] : [{ name, title: `host ${host}`, reason }];
  });
}
