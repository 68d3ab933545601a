import { planCluster } from '../../plan/index.ts';
import { RECHECK_SECONDS } from '../judge.ts';
import type { Composer, DesiredObject } from '../types.ts';
import { conditionsOf, stateOf } from './conditions.ts';
import { hostHolder, hostRequirements, hostReservations } from './host.ts';
import { leavingLines, leavingParts } from './leaving.ts';
import { memberRequirements, membersOf } from './members.ts';
import { partsOf } from './parts.ts';
import { clusterOf, observeChildren } from './read.ts';
import { withinRoom } from './room.ts';
import { statusOf } from './status.ts';

/**
 * Composes `XHikubeCluster`: plans the claim against what runs and emits the children whose gates are open.
 * The composite is ready when the request is accepted or still runs as accepted, and every part is there and ready (H94).
 */
export const composeCluster: Composer = input => {
  const cluster = clusterOf(input.composite);
  const observed = observeChildren(input.observed);
  const plan = planCluster({
    cluster,
    requested: input.composite.spec,
    observed,
    catalog: input.catalog,
    now: input.now,
    hostHolder: hostHolder(input),
    members: membersOf(input),
  });
  const wanted = partsOf(cluster, plan, input);
  const { reservations, parts } = withinRoom(hostReservations(cluster, plan, input), wanted, input);
  const desired = new Map<string, DesiredObject>(reservations);
  for (const part of parts) {
    if (part.open) desired.set(part.name, { object: part.object, ready: part.state.state === 'ready' });
  }
  const leaving = leavingParts(plan, observed, desired, input);
  const ready = parts.length > 0 && parts.every(part => stateOf(part).state === 'ready');
  return {
    desired,
    leaving: new Map(leaving.map(({ name, reason }) => [name, reason])),
    status: { ...statusOf(cluster, plan, observed, parts, input), ...leavingLines(leaving, parts, input) },
    conditions: conditionsOf(plan, parts, input),
    notices: [],
    requirements: new Map([...hostRequirements(plan, input), ...memberRequirements(cluster, input)]),
    ready,
    // That a zone stays back is told by time alone.
    ...(parts.length === 0 || (ready && plan.lostZones.length === 0) ? {} : { recheckAfterSeconds: RECHECK_SECONDS }),
  };
};
