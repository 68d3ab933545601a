import type { NodePoolSpec, ZoneBounds } from '../../api/parts/node-pool.ts';
import { numberAt } from '../../base/json.ts';
import type { KubeObject } from '../../base/object.ts';

/**
 * The number of nodes where the autoscaler has no say: it leaves groups alone whose bounds are equal, and never brings
 * a group back that lies outside its bounds.
 *
 * @returns undefined where the autoscaler's own number must stand
 */
export function fixedReplicas({ min, max }: ZoneBounds, observed: number | undefined): number | undefined {
  if (min >= max) return max;
  if (observed === undefined) return undefined;
  if (observed < min) return min;
  return observed > max ? max : undefined;
}

/**
 * The same for all zones of a group, which were given their bounds by numbers of a moment ago: what the autoscaler has
 * added since goes only as far as the group has too many nodes, and a zone that is left is emptied one node at a time.
 */
export function zoneReplicas(
  { zones }: Pick<NodePoolSpec, 'zones'>,
  deployments: ReadonlyMap<string, KubeObject>,
): Map<string, number | undefined> {
  const observed = (zone: string) => numberAt(deployments.get(zone), 'spec', 'replicas');
  const staying = Object.entries(zones).filter(([, bounds]) => !bounds.leaving);
  const sum = (numbers: number[]) => numbers.reduce((total, number) => total + number, 0);
  let surplus = sum(staying.map(([zone]) => observed(zone) ?? 0)) - sum(staying.map(([, { max }]) => max));
  const replicas = new Map<string, number | undefined>();
  for (const [zone, bounds] of staying) {
    const [now, target] = [observed(zone), fixedReplicas(bounds, observed(zone))];
    const cut = now === undefined || target === undefined ? 0 : Math.min(now - target, Math.max(0, surplus));
    surplus -= Math.max(0, cut);
    replicas.set(zone, cut > 0 && now !== undefined ? now - cut : atLeast(target, now));
  }
  for (const [zone, deployment] of deployments) {
    if (!replicas.has(zone)) replicas.set(zone, emptied(zones[zone] ?? { min: 0, max: 0 }, deployment));
  }
  return replicas;
}

/** A number that is not to be lowered now. */
function atLeast(target: number | undefined, now: number | undefined): number | undefined {
  return target !== undefined && now !== undefined && target < now ? now : target;
}

/** One node fewer than there are, once those that were to go before are gone. */
function emptied(bounds: ZoneBounds, deployment: KubeObject): number | undefined {
  const now = numberAt(deployment, 'spec', 'replicas');
  if (now === undefined || now <= bounds.max) return fixedReplicas(bounds, now);
  const standing = numberAt(deployment, 'status', 'replicas');
  return standing !== undefined && standing <= now ? now - 1 : now;
}
