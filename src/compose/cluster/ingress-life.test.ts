import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { JsonObject } from '../../base/json.ts';
import { IngressWorld } from './testing/ingress-world.ts';

const nginx = { enabled: true, engine: 'nginx' };
const traefik = { enabled: true, engine: 'traefik' };
const off = { enabled: false };

type Act = { do: 'parent' | 'child' | 'report' } | { do: 'flux'; n: number } | { do: 'edit'; to: JsonObject };

const acts = (...edits: JsonObject[]) =>
  fc.array(
    fc.oneof(
      { weight: 3, arbitrary: fc.constant<Act>({ do: 'parent' }) },
      { weight: 3, arbitrary: fc.constant<Act>({ do: 'child' }) },
      { weight: 2, arbitrary: fc.constant<Act>({ do: 'report' }) },
      { weight: 6, arbitrary: fc.nat({ max: 11 }).map((n): Act => ({ do: 'flux', n })) },
      { weight: 1, arbitrary: fc.constantFrom(...edits).map((to): Act => ({ do: 'edit', to })) },
    ),
    { minLength: 20, maxLength: 160 },
  );

function play(world: IngressWorld, act: Act): void {
  if (act.do === 'flux') world.flux(act.n);
  else if (act.do === 'edit') world.edit(act.to);
  else world[act.do]();
}

function settled(addon: JsonObject): IngressWorld {
  const world = new IngressWorld(addon);
  world.settle();
  return world;
}

describe('the engine of a living cluster changes', () => {
  test('from ingress-nginx to Traefik and back: the Service is the same one all along', () => {
    const world = settled(nginx);
    expect(world.releases()).toEqual(['ingress-nginx']);
    const { uid } = world.service ?? {};
    for (const [addon, releases] of [
      [traefik, ['ingress', 'ingress-traefik']],
      [nginx, ['ingress', 'ingress-nginx']],
    ] as const) {
      world.edit(addon);
      world.settle();
      expect(world.releases()).toEqual(releases);
      expect(world.service).toMatchObject({ uid, instance: releases[1] });
      expect([...world.deployments.keys()]).toEqual(['ingress-nginx-controller']);
    }
  });

  test.each([
    ['ingress-nginx', nginx],
    ['Traefik', traefik],
  ])(
    'from %s, in whatever order things happen and however often a tenant changes its mind, traffic has a ready engine',
    (_, first) => {
      fc.assert(
        fc.property(acts(nginx, traefik), fc.constantFrom(nginx, traefik), (life, last) => {
          const world = settled(first);
          const { uid } = world.service ?? {};
          for (const act of life) {
            play(world, act);
            expect(world.service?.uid).toBe(uid);
            expect(world.serving()).toBeDefined();
          }
          world.edit(last);
          world.settle();
          expect(world.service?.uid).toBe(uid);
          expect(world.serving()).toBe(`ingress-${last.engine}`);
          expect([...world.deployments.keys()]).toEqual(['ingress-nginx-controller']);
        }),
        { numRuns: 20 },
      );
    },
  );

  test('switched off at any moment it leaves nothing behind, and comes back', () => {
    fc.assert(
      fc.property(acts(nginx, traefik, off), fc.constantFrom(nginx, traefik), (life, again) => {
        const world = settled(nginx);
        for (const act of life) play(world, act);
        world.edit(off);
        world.settle();
        expect([world.service, world.releases(), [...world.deployments]]).toEqual([undefined, [], []]);
        world.edit(again);
        world.settle();
        expect(world.serving()).toBe(`ingress-${again.engine}`);
      }),
      { numRuns: 20 },
    );
  });
});
