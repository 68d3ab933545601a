import { describe, expect, test } from 'vitest';
import { fingerprint } from '../../../base/fingerprint.ts';
import type { JsonObject } from '../../../base/json.ts';
import type { ObservedCluster } from '../../observed.ts';
import { observedAs, planOf } from '../../testing/plan.ts';

const claim = (ingressNginx: JsonObject | undefined) => ({
  nodeGroups: { web: { instanceType: 's1.large', roles: ['ingress-nginx'] } },
  addons: ingressNginx ? { ingressNginx } : {},
});
const ON = { enabled: true };
const TRAEFIK = { enabled: true, engine: 'traefik' };

/** The cluster as the plan for a claim leaves it, with what its add-ons report. */
function ran(ingress: JsonObject | undefined, states: (release: string) => string): ObservedCluster {
  const observed = observedAs(planOf(claim(ingress)));
  const { addons } = observed;
  if (!addons) throw new Error('no add-ons are planned');
  const releases = Object.entries(addons.spec.releases).map(([name, { values }]) => [
    name,
    { state: states(name), values: fingerprint(values) },
  ]);
  return { ...observed, addons: { ...addons, status: { releases: Object.fromEntries(releases) } } };
}
const ready = () => 'Ready';
const ingressOf = (asked: JsonObject | undefined, observed: ObservedCluster) => {
  const { children, pending } = planOf(claim(asked), { observed });
  const names = Object.keys(children.addons?.releases ?? {}).filter(name => name.startsWith('ingress'));
  return { names, held: pending.filter(({ part }) => part === 'addons').map(({ code, path }) => `${code} ${path}`) };
};
const PATH = 'spec.addons.ingressNginx';

describe('the ingress of a living cluster', () => {
  test.each<[string, JsonObject | undefined, ObservedCluster, { names: string[]; held: string[] }]>([
    ['stays as it is', ON, ran(ON, ready), { names: ['ingress-nginx'], held: [] }],
    ['stays as it is while it is not ready', ON, ran(ON, () => 'Progressing'), { names: ['ingress-nginx'], held: [] }],
    ['is none where none is asked for', undefined, ran(undefined, ready), { names: [], held: [] }],
    ['goes when it is switched off', undefined, ran(ON, ready), { names: [], held: [] }],
    [
      'begins to change its engine, with the one that serves',
      TRAEFIK,
      ran(ON, ready),
      { names: ['ingress-nginx'], held: [`IngressChanging ${PATH}`] },
    ],
    [
      'changes nothing while class and Service are not seen ready, and says that it is changing',
      { enabled: true, engine: 'nginx' },
      ran(TRAEFIK, name => (name === 'ingress' ? 'Progressing' : 'Ready')),
      { names: ['ingress-traefik', 'ingress'], held: [`IngressChanging ${PATH}`] },
    ],
  ])('%s', (_, asked, observed, expected) => {
    expect(ingressOf(asked, observed)).toEqual(expected);
  });

  test('that is asked for while an earlier one leaves waits, and the tenant is told', () => {
    const observed = ran(undefined, ready);
    const addons = observed.addons && {
      ...observed.addons,
      status: { releases: { 'ingress-nginx': { state: 'Removing' } } },
    };
    const leaving = { ...observed, ...(addons ? { addons } : {}) };
    expect(ingressOf(TRAEFIK, leaving)).toEqual({ names: [], held: [`IngressStillLeaving ${PATH}`] });
  });
});
