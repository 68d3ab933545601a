import type { NodePoolSpec } from '../../api/parts/node-pool.ts';
import { entryOf } from '../../base/json.ts';
import type { Children } from '../children.ts';
import type { Finding } from '../finding.ts';
import type { Member, ObservedCluster } from '../observed.ts';

/** How long every member of a zone must be silent: well below the 300 seconds after which health checks replace nodes. */
const LOST_AFTER_SECONDS = 60;
/** How long a member must be ready again, with every worker, so that a zone that flickers is not taken for back. */
const BACK_AFTER_SECONDS = 120;
/** After this long workers that are still not ready are broken, and not merely booting. */
const BACK_ANYWAY_AFTER_SECONDS = 900;

/**
 * Zones that are lost: every API server, etcd member and worker there is silent. What is accepted is what the node
 * groups' specs hold, so that a zone stays lost until it is seen to be back; and all zones at once are no lost zone but
 * something that they share (decision lost-zone).
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

/** Lost zones are known to every group that may have nodes there, whatever became of the request. */
export function pausedIn(lost: readonly string[], children: Children): Children {
  const pools = Object.entries(children.pools).map(([group, { pausedZones: _, ...pool }]): [string, NodePoolSpec] => {
    const paused = lost.filter(zone => Object.hasOwn(pool.zones, zone));
    return [group, paused.length > 0 ? { ...pool, pausedZones: paused } : pool];
  });
  return { ...children, pools: Object.fromEntries(pools) };
}

/** What a tenant is told about a lost zone. */
export function zoneLost(zone: string): Finding {
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
