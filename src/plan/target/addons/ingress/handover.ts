import type { IngressEngine } from '../../../../api/ingress-engines.ts';
import { FRONT, releaseOf, SLOTS, type Slot } from './engine.ts';
import type { ServiceOwner } from './nginx.ts';

/** An engine that was brought up, and in which turn. */
export interface Placed {
  engine: IngressEngine;
  turn: number;
}

/**
 * How far a cluster is in changing its ingress engine. Turns count what was brought up and where traffic was moved, so
 * that what is seen of an earlier try is never taken for the present one.
 */
export interface Handover {
  service: ServiceOwner;
  main?: Placed | undefined;
  bridge?: Placed | undefined;
  /** Which of the two takes the traffic, since which turn. */
  serving: { slot: Slot; turn: number };
  turn: number;
}

/** What is seen of releases. */
export interface Seen {
  /** Ready, with exactly the values last written. */
  installed(release: string): boolean;
  /** Listed in any state, leaving included. */
  present(release: string): boolean;
}

const ENGINES: readonly IngressEngine[] = ['nginx', 'traefik'];

/**
 * The next step towards the wanted engine, one at a time: the new engine comes up beside the old one as a bridge, takes
 * the traffic once it is ready, the old one leaves, the new one comes up under the documented name, takes the traffic,
 * the bridge leaves. Whatever is wanted in between, what takes the traffic stays until the other is ready and has it.
 *
 * @param from undefined while the cluster has no ingress
 * @param want undefined when the add-on is off
 */
export function nextStep(
  from: Handover | undefined,
  want: IngressEngine | undefined,
  seen: Seen,
): Handover | undefined {
  if (!from) return want && begin(want, seen);
  switch (from.service) {
    case 'chart':
      return want === undefined ? undefined : want === from.main?.engine ? from : { ...from, service: 'kept' };
    // Class and Service are on their way from the chart to a release of their own: there is no turning back half way,
    // not even for an add-on that was switched off, because they would be left behind.
    case 'kept':
      return ready('main', from, seen) ? { ...from, service: 'nobody', ...placed(from, 'nginx', 'main') } : from;
    case 'nobody':
      return ready('main', from, seen) ? { ...from, service: 'front', ...moved(from, 'main') } : from;
    case 'front':
      if (!seen.installed(FRONT)) return from;
      return want && (from.serving.slot === 'main' ? fromMain(from, want, seen) : fromBridge(from, want, seen));
  }
}

/** Where the steps towards the wanted engine lead, when nothing fails and nothing is in the way. */
export function settled(from: Handover | undefined, want: IngressEngine | undefined): Handover | undefined {
  const next = nextStep(from, want, { installed: () => true, present: () => false });
  return next === from ? from : settled(next, want);
}

/** Names of all releases an ingress may have. */
export const INGRESS_RELEASES: readonly string[] = [FRONT, ...SLOTS.flatMap(releasesIn)];

/** Whether no step is left: one engine under the documented name takes the traffic. */
export function isDone({ service, bridge, serving }: Handover): boolean {
  return (service === 'chart' || service === 'front') && bridge === undefined && serving.slot === 'main';
}

function begin(want: IngressEngine, seen: Seen): Handover | undefined {
  const first: Handover = {
    service: 'chart',
    main: { engine: want, turn: 0 },
    serving: { slot: 'main', turn: 0 },
    turn: 0,
  };
  const own = releaseOf({ engine: want, slot: 'main' });
  const others = INGRESS_RELEASES.filter(name => want === 'traefik' || name !== own);
  // What an earlier ingress leaves behind bears the same names.
  if (others.some(seen.present)) return undefined;
  return want === 'nginx' ? first : { ...first, service: 'front' };
}

function fromMain(from: Handover, want: IngressEngine, seen: Seen): Handover {
  if (from.bridge && (from.main?.engine === want || from.bridge.engine !== want))
    return ready('main', from, seen) ? { ...from, bridge: undefined } : from;
  if (from.main?.engine === want) return from;
  if (!from.bridge)
    return releasesIn('bridge').some(seen.present) ? from : { ...from, ...placed(from, want, 'bridge') };
  return ready('bridge', from, seen) ? { ...from, ...moved(from, 'bridge') } : from;
}

function fromBridge(from: Handover, want: IngressEngine, seen: Seen): Handover {
  if (!from.main) return releasesIn('main').some(seen.present) ? from : { ...from, ...placed(from, want, 'main') };
  if (from.main.engine !== want) return ready('bridge', from, seen) ? { ...from, main: undefined } : from;
  return ready('main', from, seen) ? { ...from, ...moved(from, 'main') } : from;
}

function placed(from: Handover, engine: IngressEngine, slot: Slot) {
  const turn = from.turn + 1;
  return { turn, [slot]: { engine, turn } };
}

function moved(from: Handover, slot: Slot) {
  const turn = from.turn + 1;
  return { turn, serving: { slot, turn } };
}

function ready(slot: Slot, from: Handover, seen: Seen): boolean {
  const there = from[slot];
  return there !== undefined && seen.installed(releaseOf({ engine: there.engine, slot }));
}

function releasesIn(slot: Slot): string[] {
  return ENGINES.map(engine => releaseOf({ engine, slot }));
}
