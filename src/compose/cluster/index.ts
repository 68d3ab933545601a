import { planCluster } from '../../plan/index.ts';
import { RECHECK_SECONDS } from '../judge.ts';
import type { Composer, DesiredObject } from '../types.ts';
import { conditionsOf } from './conditions.ts';
import { hostRequirements, hostReservations } from './hosts.ts';
import { leavingLines, leavingParts } from './leaving.ts';
import { partsOf } from './parts.ts';
import { pendingOf } from './pending.ts';
import { readCluster } from './read/index.ts';
import { memberRequirements } from './read/members.ts';
import { withinRoom } from './room.ts';
import { statusOf } from './status.ts';

/**
 * Composes `XHikubeCluster`: plans the claim against what runs and emits the parts that may be there.
 * The composite is ready when the request is accepted or still runs as accepted, and every part is there and ready (H94).
 */
export const composeCluster: Composer = input => {
  const { catalog, now } = input;
  const reading = readCluster(input);
  const plan = planCluster({ ...reading, requested: input.composite.spec, catalog, now });
  const { reservations, parts } = withinRoom(hostReservations(plan, reading), partsOf(plan, reading), reading);
  const pending = pendingOf(plan, parts, reading);
  const desired = new Map<string, DesiredObject>(reservations);
  for (const { name, object, hold, state } of parts) {
    if (!hold) desired.set(name, { object, ready: state.state === 'ready' });
  }
  const leaving = leavingParts(plan, desired, reading);
  const ready = parts.length > 0 && parts.every(part => part.state.state === 'ready');
  const recheck = [
    ...(parts.length > 0 && !ready ? [RECHECK_SECONDS] : []),
    ...(plan.lookAgainAt ? [(plan.lookAgainAt.getTime() - now.getTime()) / 1000] : []),
  ];
  return {
    desired,
    leaving: new Map(leaving.map(({ name, reason }) => [name, reason])),
    status: { ...statusOf(plan, parts, pending, reading), ...leavingLines(leaving, parts, reading) },
    conditions: conditionsOf(plan, parts, pending, reading),
    notices: [],
    requirements: new Map([...hostRequirements(plan, reading), ...memberRequirements(reading, catalog)]),
    ready,
    ...(recheck.length > 0 ? { recheckAfterSeconds: Math.min(...recheck) } : {}),
  };
};
