import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { IngressEngine } from '../../../../api/ingress-engines.ts';
import { FRONT, releaseOf, type Slot } from './engine.ts';
import { type Handover, isDone, nextStep, type Seen } from './handover.ts';

const nothing: Seen = { installed: () => false, present: () => false };
const all: Seen = { installed: () => true, present: () => false };
const seen = (...installed: string[]): Seen => ({ ...nothing, installed: name => installed.includes(name) });
const leaving = (...present: string[]): Seen => ({ installed: () => true, present: name => present.includes(name) });

/** A cluster with its own Service, its engines as given and the traffic at one of them. */
function own(main: IngressEngine | undefined, bridge: IngressEngine | undefined, slot: Slot): Handover {
  return {
    service: 'front',
    ...(main ? { main: { engine: main, turn: 1 } } : {}),
    ...(bridge ? { bridge: { engine: bridge, turn: 2 } } : {}),
    serving: { slot, turn: 3 },
    turn: 3,
  };
}

const chart: Handover = {
  service: 'chart',
  main: { engine: 'nginx', turn: 0 },
  serving: { slot: 'main', turn: 0 },
  turn: 0,
};

/** A state in a few words: who owns the Service, the engines in their slots, and where the traffic goes. */
function words(state: Handover | undefined): string {
  if (!state) return 'none';
  const { service, main, bridge, serving } = state;
  return `${service}: ${main?.engine ?? '-'}/${bridge?.engine ?? '-'} at ${serving.slot}`;
}

describe('a new cluster', () => {
  test.each<[IngressEngine | undefined, Seen, string]>([
    [undefined, nothing, 'none'],
    ['nginx', nothing, 'chart: nginx/- at main'],
    ['traefik', nothing, 'front: traefik/- at main'],
    ['traefik', leaving('ingress-nginx'), 'none'],
    ['nginx', leaving('ingress-nginx'), 'chart: nginx/- at main'],
    ['nginx', leaving(FRONT), 'none'],
    ['nginx', leaving('ingress-traefik-bridge'), 'none'],
  ])('that wants %s', (want, what, expected) => {
    expect(words(nextStep(undefined, want, what))).toBe(expected);
  });
});

describe('class and Service leave the chart before anything else, and never half', () => {
  const at = (service: Handover['service']): Handover => ({ ...chart, service });
  test.each<[string, Handover, IngressEngine | undefined, Seen, string]>([
    ['nothing asked', chart, 'nginx', all, 'chart'],
    ['another engine asked', chart, 'traefik', nothing, 'kept'],
    ['switched off', chart, undefined, nothing, 'none'],
    ['kept, not yet installed', at('kept'), 'traefik', nothing, 'kept'],
    ['kept and installed', at('kept'), 'traefik', seen('ingress-nginx'), 'nobody'],
    ['taken back', at('kept'), 'nginx', seen('ingress-nginx'), 'nobody'],
    ['switched off half way', at('kept'), undefined, seen('ingress-nginx'), 'nobody'],
    ['nobody’s, not yet installed', at('nobody'), 'traefik', nothing, 'nobody'],
    ['nobody’s and installed', at('nobody'), 'traefik', seen('ingress-nginx'), 'front'],
    ['switched off half way, later', at('nobody'), undefined, seen('ingress-nginx'), 'front'],
    ['switched off before ours has taken over', at('front'), undefined, nothing, 'front'],
    ['switched off once ours has taken over', at('front'), undefined, seen(FRONT), 'none'],
  ])('%s', (_, now, want, what, service) => {
    expect(words(nextStep(now, want, what)).split(':')[0]).toBe(service);
  });
});

describe('from one engine to the other, a step at a time', () => {
  test.each<[string, Handover, IngressEngine, Seen, string]>([
    ['nothing to do', own('nginx', undefined, 'main'), 'nginx', all, 'nginx/- at main'],
    ['the new one comes up beside', own('nginx', undefined, 'main'), 'traefik', all, 'nginx/traefik at main'],
    [
      'not before an earlier one is gone',
      own('nginx', undefined, 'main'),
      'traefik',
      leaving('ingress-traefik-bridge'),
      'nginx/- at main',
    ],
    [
      'it is not ready',
      own('nginx', 'traefik', 'main'),
      'traefik',
      seen(FRONT, 'ingress-nginx'),
      'nginx/traefik at main',
    ],
    [
      'it is ready',
      own('nginx', 'traefik', 'main'),
      'traefik',
      seen(FRONT, 'ingress-traefik-bridge'),
      'nginx/traefik at bridge',
    ],
    [
      'traffic has not moved',
      own('nginx', 'traefik', 'bridge'),
      'traefik',
      seen('ingress-traefik-bridge'),
      'nginx/traefik at bridge',
    ],
    [
      'the one that has it is ill',
      own('nginx', 'traefik', 'bridge'),
      'traefik',
      seen(FRONT),
      'nginx/traefik at bridge',
    ],
    [
      'the old one leaves',
      own('nginx', 'traefik', 'bridge'),
      'traefik',
      seen(FRONT, 'ingress-traefik-bridge'),
      '-/traefik at bridge',
    ],
    [
      'it is still there',
      own(undefined, 'traefik', 'bridge'),
      'traefik',
      leaving('ingress-nginx'),
      '-/traefik at bridge',
    ],
    [
      'the new one comes under the documented name',
      own(undefined, 'traefik', 'bridge'),
      'traefik',
      all,
      'traefik/traefik at bridge',
    ],
    ['it takes the traffic', own('traefik', 'traefik', 'bridge'), 'traefik', all, 'traefik/traefik at main'],
    ['the bridge leaves', own('traefik', 'traefik', 'main'), 'traefik', all, 'traefik/- at main'],
    [
      'the bridge stays while the other is ill',
      own('traefik', 'traefik', 'main'),
      'traefik',
      seen(FRONT),
      'traefik/traefik at main',
    ],
  ])('%s', (_, now, want, what, expected) => {
    expect(words(nextStep(now, want, what))).toBe(`front: ${expected}`);
  });

  test.each<[string, Handover, string]>([
    ['before traffic moved', own('nginx', 'traefik', 'main'), 'nginx/- at main'],
    ['after traffic moved', own('nginx', 'traefik', 'bridge'), 'nginx/traefik at main'],
    ['after the old one left', own(undefined, 'traefik', 'bridge'), 'nginx/traefik at bridge'],
    ['with the new one in both places', own('traefik', 'traefik', 'bridge'), '-/traefik at bridge'],
    ['with the new one back at its name', own('traefik', 'traefik', 'main'), 'traefik/- at main'],
    ['long after', own('traefik', undefined, 'main'), 'traefik/nginx at main'],
  ])('taken back %s', (_, now, expected) => {
    expect(words(nextStep(now, 'nginx', all))).toBe(`front: ${expected}`);
  });
});

test.each<[boolean, Handover]>([
  [true, chart],
  [true, own('traefik', undefined, 'main')],
  [false, { ...chart, service: 'kept' }],
  [false, { ...chart, service: 'nobody' }],
  [false, own('nginx', 'traefik', 'main')],
  [false, own('nginx', 'traefik', 'bridge')],
  [false, own(undefined, 'traefik', 'bridge')],
])('done is %s for %j', (done, state) => {
  expect(isDone(state)).toBe(done);
});

describe('whatever is wanted in between, and whatever is seen', () => {
  const engines: IngressEngine[] = ['nginx', 'traefik'];
  const wants = fc.array(fc.record({ want: fc.constantFrom(...engines), ready: fc.boolean() }), { maxLength: 60 });
  const runner = (state: Handover | undefined, slot: Slot) => {
    const placed = state?.[slot];
    return placed ? releaseOf({ engine: placed.engine, slot }) : undefined;
  };

  test('what takes the traffic is never taken away, and one thing changes at a time', () => {
    fc.assert(
      fc.property(fc.constantFrom(...engines), wants, (first, life) => {
        let state = nextStep(undefined, first, nothing);
        for (const { want, ready } of life) {
          const next = nextStep(state, want, ready ? all : nothing);
          if (!state || !next) throw new Error('the ingress was dropped');
          expect(runner(next, next.serving.slot)).toBeDefined();
          // Before and after a step, the engine that has the traffic runs on as it is.
          expect(runner(next, state.serving.slot)).toBe(runner(state, state.serving.slot));
          const changed = [
            next.service !== state.service,
            next.serving.slot !== state.serving.slot,
            runner(next, 'main') !== runner(state, 'main'),
            runner(next, 'bridge') !== runner(state, 'bridge'),
          ];
          expect(changed.filter(Boolean).length).toBeLessThanOrEqual(1);
          expect(next.turn).toBeGreaterThanOrEqual(state.turn);
          state = next;
        }
      }),
    );
  });

  test('from anywhere it arrives, with one engine under the documented name', () => {
    fc.assert(
      fc.property(fc.constantFrom(...engines), wants, fc.constantFrom(...engines), (first, life, last) => {
        let state = nextStep(undefined, first, nothing);
        for (const { want, ready } of life) state = nextStep(state, want, ready ? all : nothing);
        for (let round = 0; round < 16; round++) state = nextStep(state, last, all);
        expect(words(state)).toMatch(new RegExp(`^(front|chart): ${last}/- at main$`));
        expect(nextStep(state, last, all)).toEqual(state);
        expect(state && isDone(state)).toBe(true);
      }),
    );
  });

  test('nothing that is not seen ready ever lets anything leave', () => {
    fc.assert(
      fc.property(fc.constantFrom(...engines), wants, wants, (first, life, blind) => {
        let state = nextStep(undefined, first, nothing);
        for (const { want, ready } of life) state = nextStep(state, want, ready ? all : nothing);
        const before = [runner(state, 'main'), runner(state, 'bridge')];
        for (const { want } of blind) state = nextStep(state, want, nothing);
        const after = [runner(state, 'main'), runner(state, 'bridge')];
        before.forEach((name, index) => {
          if (name !== undefined) expect(after[index]).toBe(name);
        });
      }),
    );
  });
});
