import { entryOf } from '../../base/json.ts';
import type { Problem } from '../finding.ts';
import type { ObservedCluster } from '../observed.ts';

/** A Pod of the control plane or of etcd, as far as it tells about its zone. */
export interface Member {
  zone: string;
  ready: boolean;
  /** Since when it is ready, or not. */
  since: Date;
}

/** How long every member of a zone must be silent: well below the 300 seconds after which health checks replace nodes. */
const LOST_AFTER_SECONDS = 60;
/** How long a member must be ready again, with every worker, so that a zone that flickers is not taken for back. */
const BACK_AFTER_SECONDS = 120;
/** After this long workers that are still not ready are broken, and not merely booting. */
const BACK_ANYWAY_AFTER_SECONDS = 900;

/**
 * Zones that are lost: every API server, etcd member and worker there is silent. What is accepted is what the node
 * groups' specs hold, so that a zone stays lost until it is seen to be back; and all zones at once are no lost zone but
 * something that they share.
 *
 * @param members absent while nobody has looked
 */
export function lostZones(observed: ObservedCluster, members: readonly Member[] | undefined, now: Date): string[] {
  const accepted = acceptedLost(observed);
  if (!members) return accepted;
  const zones = [...new Set(observed.etcd?.spec.zones ?? [])];
  const silent = zones.filter(zone => isSilent(zone, observed, members, now));
  const kept = accepted.filter(zone => !isBack(zone, observed, members, now));
  const lost = [...new Set([...kept, ...silent])].sort();
  return zones.every(zone => lost.includes(zone)) ? kept : lost;
}

/** What a tenant is told about a lost zone. */
export function zoneLost(zone: string): Problem {
  return {
    code: 'ZoneLost',
    path: 'spec.zones',
    message: `nothing in ${zone} answers: its nodes are kept, and repairs, rollouts and new nodes there wait`,
    remedy: 'wait for the zone; what was paused goes on by itself once it is back',
  };
}

function acceptedLost({ pools }: ObservedCluster): string[] {
  return [...new Set(Object.values(pools).flatMap(pool => pool.spec.pausedZones ?? []))].sort();
}

function isSilent(zone: string, observed: ObservedCluster, members: readonly Member[], now: Date): boolean {
  const there = members.filter(member => member.zone === zone);
  const silent = there.every(member => !member.ready && secondsSince(member.since, now) >= LOST_AFTER_SECONDS);
  return there.length > 0 && silent && workersIn(zone, observed).every(({ ready }) => (ready ?? 0) === 0);
}

function isBack(zone: string, observed: ObservedCluster, members: readonly Member[], now: Date): boolean {
  const ready = members.filter(member => member.zone === zone && member.ready);
  const longest = Math.max(0, ...ready.map(member => secondsSince(member.since, now)));
  if (longest >= BACK_ANYWAY_AFTER_SECONDS) return true;
  return longest >= BACK_AFTER_SECONDS && workersIn(zone, observed).every(isWhole);
}

function workersIn(zone: string, { pools }: ObservedCluster) {
  const zones = Object.values(pools).map(pool => entryOf(pool.status?.zones ?? {}, zone));
  return zones.flatMap(status => (status ? [status] : []));
}

function isWhole({ ready, standing }: { ready?: number | undefined; standing?: number | undefined }): boolean {
  return standing !== undefined && (ready ?? 0) >= standing;
}

function secondsSince(then: Date, now: Date): number {
  return (now.getTime() - then.getTime()) / 1000;
}
