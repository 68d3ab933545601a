import fc from 'fast-check';
import { expect, test } from 'vitest';
import { listAt, stringAt } from '../../base/json.ts';
import type { KubeObject } from '../../base/object.ts';
import { controlPlane, shop } from '../testing/shop.ts';
import type { Rendered } from '../types.ts';
import { renderControlPlane } from './index.ts';

const HOSTS = ['a.example.com', 'b.example.com', 'c.example.com', 'd.example.com'];

interface Wanted {
  api: string | undefined;
  sites: string[];
}
/** Names of an API and of sites that differ, as the plan sees to. */
const wanted: fc.Arbitrary<Wanted> = fc
  .tuple(fc.option(fc.constantFrom(...HOSTS), { nil: undefined }), fc.subarray(HOSTS))
  .map(([api, sites]) => ({ api, sites: sites.filter(site => site !== api) }));

const render = ({ api, sites }: Wanted, observed?: Rendered): Rendered =>
  renderControlPlane(
    shop,
    {
      ...controlPlane,
      ...(api ? { endpoint: { host: api, ingressClass: 'nginx' } } : {}),
      ...(sites.length > 0 ? { ingress: { hosts: sites, ingressClass: 'nginx' } } : {}),
    },
    observed,
  );
const hostsOf = (object: KubeObject | undefined) =>
  listAt(object, 'spec', 'rules').flatMap(rule => stringAt(rule, 'host') ?? []);
const both = (rendered: Rendered): Wanted => ({
  api: hostsOf(rendered.get('api-ingress'))[0],
  sites: hostsOf(rendered.get('ingress-tls')),
});

test('no Ingress is ever given a host that another one still has, and all hosts arrive', () => {
  fc.assert(
    fc.property(fc.array(wanted, { minLength: 2, maxLength: 4 }), steps => {
      let standing: Rendered = new Map();
      const round = (step: Wanted) => {
        const next = render(step, standing);
        const [before, after] = [both(standing), both(next)];
        if (after.api) expect(before.sites).not.toContain(after.api);
        if (before.api) expect(after.sites).not.toContain(before.api);
        standing = next;
      };
      for (const step of steps) round(step);
      const last = steps[steps.length - 1];
      for (let index = 0; index < 3; index++) if (last) round(last);
      expect(both(standing)).toEqual(last);
    }),
  );
});

test('an API whose new name is still a site’s keeps its old name for a round', () => {
  const before = render({ api: 'a.example.com', sites: ['b.example.com', 'c.example.com'] });
  const swapped = { api: 'b.example.com', sites: ['a.example.com', 'c.example.com'] };
  const first = render(swapped, before);
  expect(both(first)).toEqual({ api: 'a.example.com', sites: ['c.example.com'] });
  expect(both(render(swapped, first))).toEqual({ api: 'b.example.com', sites: ['c.example.com'] });
  const second = render(swapped, first);
  expect(both(render(swapped, second))).toEqual(swapped);
});
