import type { IngressEngine } from '../../../../api/ingress-engines.ts';
import { FRONT, releaseOf, type Slot } from './engine.ts';
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
 * @param now undefined while the cluster has no ingress
 * @param want undefined when the add-on is off
 */
export function nextStep(now: Handover | undefined, want: IngressEngine | undefined, seen: Seen): Handover | undefined {
  if (!now) return want && begin(want, seen);
  switch (now.service) {
    case 'chart':
      return want === undefined ? undefined : want === now.main?.engine ? now : { ...now, service: 'kept' };
    // Class and Service are on their way from the chart to a release of their own: there is no turning back half way,
    // not even for an add-on that was switched off, because they would be left behind.
    case 'kept':
      return ready('main', now, seen) ? { ...now, service: 'nobody', ...placed(now, 'nginx', 'main') } : now;
    case 'nobody':
      return ready('main', now, seen) ? { ...now, service: 'front', ...moved(now, 'main') } : now;
    case 'front':
      if (!seen.installed(FRONT)) return now;
      return want && (now.serving.slot === 'main' ? fromMain(now, want, seen) : fromBridge(now, want, seen));
  }
}

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
  const others = [FRONT, ...releasesIn('main'), ...releasesIn('bridge')].filter(
    name => want === 'traefik' || name !== own,
  );
  // What an earlier ingress leaves behind bears the same names.
  if (others.some(seen.present)) return undefined;
  return want === 'nginx' ? first : { ...first, service: 'front' };
}

function fromMain(now: Handover, want: IngressEngine, seen: Seen): Handover {
  if (now.bridge && (now.main?.engine === want || now.bridge.engine !== want))
    return ready('main', now, seen) ? { ...now, bridge: undefined } : now;
  if (now.main?.engine === want) return now;
  if (!now.bridge) return releasesIn('bridge').some(seen.present) ? now : { ...now, ...placed(now, want, 'bridge') };
  return ready('bridge', now, seen) ? { ...now, ...moved(now, 'bridge') } : now;
}

function fromBridge(now: Handover, want: IngressEngine, seen: Seen): Handover {
  if (!now.main) return releasesIn('main').some(seen.present) ? now : { ...now, ...placed(now, want, 'main') };
  if (now.main.engine !== want) return ready('bridge', now, seen) ? { ...now, main: undefined } : now;
  return ready('main', now, seen) ? { ...now, ...moved(now, 'main') } : now;
}

function placed(now: Handover, engine: IngressEngine, slot: Slot) {
  const turn = now.turn + 1;
  return { turn, [slot]: { engine, turn } };
}

function moved(now: Handover, slot: Slot) {
  const turn = now.turn + 1;
  return { turn, serving: { slot, turn } };
}

function ready(slot: Slot, now: Handover, seen: Seen): boolean {
  const there = now[slot];
  return there !== undefined && seen.installed(releaseOf({ engine: there.engine, slot }));
}

function releasesIn(slot: Slot): string[] {
  return ENGINES.map(engine => releaseOf({ engine, slot }));
}
