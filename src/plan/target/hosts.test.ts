import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { ControlPlaneSpec } from '../../api/parts/control-plane.ts';
import type { JsonObject } from '../../base/json.ts';
import { type Catalog, hikubeCatalog } from '../../catalog/index.ts';
import { planCluster } from '../index.ts';
import { NOTHING_OBSERVED, type ObservedCluster } from '../observed.ts';
import type { HostHolder } from '../reservations.ts';

const cluster = { namespace: 'acme', name: 'shop' };
const DEFAULT = 'shop.acme.k8s.hikube.cloud';
const GROUPS = { web: { instanceType: 's1.large', roles: ['ingress-nginx'] } };
const offering = (domain: Partial<Catalog['domain']>): Catalog => ({
  ...hikubeCatalog,
  domain: { ...hikubeCatalog.domain, ...domain },
});

interface Given {
  catalog?: Catalog;
  holder?: (host: string) => HostHolder;
  observed?: ObservedCluster;
}
const plan = (spec: JsonObject, { catalog = hikubeCatalog, holder = () => 'ours', observed }: Given = {}) =>
  planCluster({
    cluster,
    requested: { nodeGroups: GROUPS, ...spec },
    observed: observed ?? NOTHING_OBSERVED,
    catalog,
    now: new Date('2026-11-25T00:00:00Z'),
    reservations: { get: host => known(holder(host)) },
  });
/** Of an unknown name there is no entry. */
const known = (holder: HostHolder) => (holder === 'unknown' ? undefined : holder);
const sites = (...hosts: string[]): JsonObject => ({ addons: { ingressNginx: { enabled: true, hosts } } });
const told = (list: { code: string; path: string }[]) => list.map(({ code, path }) => `${code} at ${path}`);
/** The cluster as an earlier plan let it through. */
const running = (spec: JsonObject): ObservedCluster => {
  const controlPlane = plan(spec).children.controlPlane;
  if (!controlPlane) throw new Error('cannot run a cluster without a control plane');
  return { controlPlane: { spec: controlPlane }, pools: {} };
};

/** Names that lead nowhere, into the platform, or to many. */
const NEVER: [string, string][] = [
  ['192.0.2.1', 'InvalidField'],
  ['10.1', 'InvalidField'],
  ['0x7f.0.0.1', 'InvalidField'],
  ['0300.0250.0.1', 'InvalidField'],
  ['2001:db8::1', 'InvalidField'],
  ['example.com.', 'InvalidField'],
  ['.example.com', 'InvalidField'],
  ['exa mple.com', 'InvalidField'],
  ['https://example.com', 'InvalidField'],
  ['api', 'HostNotAllowed'],
  ['kubernetes.default', 'HostNotAllowed'],
  ['shop.acme', 'HostNotAllowed'],
  ['kubernetes.default.svc', 'HostNotAllowed'],
  ['KUBERNETES.DEFAULT.SVC', 'HostNotAllowed'],
  ['kubernetes.default.svc.cluster.local', 'HostNotAllowed'],
  ['cluster.local', 'HostNotAllowed'],
  ['printer.local', 'HostNotAllowed'],
  ['db.internal', 'HostNotAllowed'],
  ['metadata.google.internal', 'HostNotAllowed'],
  ['a.localhost', 'HostNotAllowed'],
  ['a.invalid', 'HostNotAllowed'],
  ['a.test', 'HostNotAllowed'],
  ['a.example', 'HostNotAllowed'],
  ['1.0.0.10.in-addr.arpa', 'HostNotAllowed'],
  ['nas.home.arpa', 'HostNotAllowed'],
  ['a.onion', 'HostNotAllowed'],
  ['k8s.hikube.cloud', 'HostNotAllowed'],
  ['hikube.cloud', 'HostNotAllowed'],
  ['Hikube.Cloud', 'HostNotAllowed'],
  ['cloud', 'HostNotAllowed'],
  ['com', 'HostNotAllowed'],
  ['co.uk', 'HostNotAllowed'],
  ['github.io', 'HostNotAllowed'],
  ['acme.k8s.hikube.cloud', 'HostNotAllowed'],
  ['shop.victim.k8s.hikube.cloud', 'HostNotAllowed'],
  ['shop.notacme.k8s.hikube.cloud', 'HostNotAllowed'],
];

describe('a host that is never a tenant’s', () => {
  test.each(NEVER)('%s is refused for the API with %s', (host, code) => {
    const { accepted, problems, children } = plan({ host }, { observed: running({}) });
    expect(told(problems)).toEqual([`${code} at spec.host`]);
    expect(accepted).toBe(false);
    expect(children.controlPlane?.endpoint?.host).toBe(DEFAULT);
  });

  test.each(NEVER)('%s is refused for a site with %s, and everything under it', (host, code) => {
    const path = 'spec.addons.ingressNginx.hosts';
    expect(told(plan(sites('www.example.com', host)).problems)).toEqual([`${code} at ${path}[1]`]);
    if (host === 'acme.k8s.hikube.cloud' || host.startsWith('.')) return;
    const wild = plan(sites(`*.${host}`));
    expect(wild.accepted).toBe(false);
    expect(wild.problems[0]?.path).toBe(`${path}[0]`);
  });

  test.each(['*', '*.example.com', 'api.*.example.com'])('%s is no name of one API', host => {
    expect(told(plan({ host }).problems)).toEqual(['InvalidField at spec.host']);
  });
});

describe('a host that a tenant may have', () => {
  test.each([
    'api.example.com',
    'API.Example.Com',
    'example.com',
    'shop.github.io',
    'xn--bcher-kva.example.ch',
    'api.acme.k8s.hikube.cloud',
    'a.b.acme.k8s.hikube.cloud',
  ])('%s names the API', host => {
    const { accepted, children } = plan({ host });
    expect(accepted).toBe(true);
    expect(children.controlPlane?.endpoint?.host).toBe(host.toLowerCase());
  });

  test('a name of a private network where the platform allows its domain', () => {
    const catalog = offering({ allowed: ['corp.internal', 'lan'] });
    for (const host of ['api.corp.internal', 'api.lan']) expect(plan({ host }, { catalog }).accepted).toBe(true);
    expect(plan(sites('*.lan'), { catalog }).accepted).toBe(true);
    for (const host of ['api.internal', 'corp.internal', 'lan', 'x.svc', 'api.example.com']) {
      expect(plan({ host }, { catalog }).accepted, host).toBe(false);
    }
  });

  test('the cluster domain is the platform’s, whatever it allows', () => {
    const catalog = offering({ allowed: ['example.com'] });
    const inside: Catalog = { ...catalog, network: { ...catalog.network, clusterDomain: 'k8s.example.com' } };
    expect(told(plan({ host: 'a.b.svc.k8s.example.com' }, { catalog: inside }).problems)).toEqual([
      'HostNotAllowed at spec.host',
    ]);
  });
});

describe('reserved names', () => {
  const catalog = offering({ reserved: ['console.example.com', 'shop.acme.k8s.hikube.cloud'] });
  test.each(['console.example.com', 'Console.Example.com', 'a.console.example.com'])('%s is refused', host => {
    expect(plan({ host }, { catalog }).problems[0]?.message).toContain('reserved by the platform');
    expect(plan(sites(host), { catalog }).accepted).toBe(false);
  });

  test('a wildcard over one is refused', () => {
    expect(told(plan({ host: 'x.example.com', ...sites('*.example.com') }, { catalog }).problems)).toContain(
      'HostNotAllowed at spec.addons.ingressNginx.hosts[0]',
    );
  });

  test('a default name that is reserved is told and not used', () => {
    const { accepted, children, warnings, hosts } = plan({}, { catalog });
    expect(accepted).toBe(true);
    expect(children.controlPlane?.endpoint).toBeUndefined();
    expect(hosts).toEqual([]);
    expect(told(warnings)).toContain('NoPublicEndpoint at spec.host');
  });

  test('a cluster that runs with a name keeps it when the platform’s lists change, with a warning', () => {
    const before = { host: 'api.example.com', ...sites('www.example.com', 'shop.example.com') };
    for (const domain of [{ allowed: ['example.org'] }, { reserved: ['example.com'] }]) {
      const later = plan(before, { catalog: offering(domain), observed: running(before) });
      expect(later.accepted).toBe(true);
      expect(later.children.controlPlane).toMatchObject({
        endpoint: { host: 'api.example.com' },
        ingress: { hosts: ['www.example.com', 'shop.example.com'] },
      });
      expect(told(later.warnings).filter(line => line.startsWith('NotInCatalogue'))).toEqual([
        'NotInCatalogue at spec.host',
        'NotInCatalogue at spec.addons.ingressNginx.hosts[0]',
        'NotInCatalogue at spec.addons.ingressNginx.hosts[1]',
      ]);
    }
    const reserved = offering({ reserved: [DEFAULT] });
    const standing = plan({}, { catalog: reserved, observed: running({}) });
    expect(standing.children.controlPlane?.endpoint?.host).toBe(DEFAULT);
  });
});

describe('one claim', () => {
  test.each([
    ['the name given', 'api.example.com', 'API.example.com'],
    ['the default name', '', DEFAULT],
    ['a wildcard over the name given', 'api.example.com', '*.example.com'],
    ['a wildcard over the default name', '', '*.acme.k8s.hikube.cloud'],
  ])('may not have its API and a site on one host: %s', (_, host, site) => {
    const path = 'spec.addons.ingressNginx.hosts[0]';
    expect(told(plan({ host, ...sites(site) }).problems)).toEqual([`HostConflict at ${path}`]);
  });

  test('may name a site twice', () => {
    const { accepted, children } = plan(sites('www.example.com', 'WWW.example.com'));
    expect(accepted).toBe(true);
    expect(children.controlPlane?.ingress?.hosts).toEqual(['www.example.com']);
  });

  test('may have sites beside and above its API', () => {
    expect(plan({ host: 'api.k8s.example.com', ...sites('k8s.example.com', '*.example.com') }).accepted).toBe(true);
  });
});

describe('a host that another cluster holds', () => {
  const holder = (taken: string) => (host: string) => (host === taken ? ('other' as const) : ('ours' as const));
  test('is refused where it was asked for', () => {
    const { problems } = plan({ host: 'api.example.com' }, { holder: holder('api.example.com') });
    expect(told(problems)).toEqual(['HostTaken at spec.host']);
  });

  test('is told where nobody asked for it, and looked for again', () => {
    const { accepted, children, warnings, hosts } = plan({}, { holder: holder(DEFAULT) });
    expect(accepted).toBe(true);
    expect(children.controlPlane?.endpoint).toBeUndefined();
    expect(warnings.find(({ code }) => code === 'NoPublicEndpoint')?.message).toContain('has no public name');
    expect(hosts).toEqual([DEFAULT]);
  });

  test('is told where the API keeps another name instead', () => {
    const observed = running({ host: 'api.example.com' });
    const { children, warnings } = plan({}, { holder: holder(DEFAULT), observed });
    expect(children.controlPlane?.endpoint?.host).toBe('api.example.com');
    expect(warnings.find(({ code }) => code === 'NoPublicEndpoint')?.message).toContain('keeps the name');
    const site = plan(sites('api.example.com'), { holder: holder(DEFAULT), observed });
    expect(told(site.problems)).toEqual(['HostConflict at spec.addons.ingressNginx.hosts[0]']);
  });
});

describe('whatever is asked, runs and is held', () => {
  const HOSTS = ['a.example.com', 'b.example.com', 'c.example.com', 'd.example.com', DEFAULT];
  const spec = fc
    .record({
      host: fc.constantFrom('', ...HOSTS),
      hosts: fc.subarray(HOSTS),
      version: fc.constantFrom('v1.34', 'v1.99'),
    })
    .map(({ host, hosts, version }) => ({ host, version, ...sites(...hosts) }));
  const accepted = spec.map(asked => ({ ...asked, version: 'v1.34' })).filter(asked => plan(asked).accepted);
  const held = fc
    .array(fc.constantFrom<HostHolder>('unknown', 'free', 'ours', 'other'), { minLength: 5, maxLength: 5 })
    .map(
      answers =>
        (host: string): HostHolder =>
          answers[HOSTS.indexOf(host)] ?? 'free',
    );

  test('no host of another cluster is used, none before it is ours, and none is lost while its holder is unknown', () => {
    fc.assert(
      fc.property(accepted, spec, held, (first, asked, holder) => {
        const observed = running(first);
        const before = addressesOf(observed.controlPlane?.spec);
        const planned = plan(asked, { observed, holder });
        const now = addressesOf(planned.children.controlPlane);
        const api = now.api === undefined ? [] : [now.api];
        for (const host of [...api, ...now.sites]) {
          expect(holder(host)).not.toBe('other');
          if (host !== before.api && !before.sites.includes(host)) expect(holder(host)).toBe('ours');
        }
        expect(now.sites).not.toEqual(expect.arrayContaining([now.api]));
        if (before.api && holder(before.api) !== 'other') expect(now.api).toBeDefined();
        const stay = planned.accepted
          ? before.sites.filter(host => planned.hosts.slice(1).includes(host))
          : before.sites;
        const kept = stay.filter(host => holder(host) !== 'other' && host !== now.api);
        expect(now.sites).toEqual(expect.arrayContaining(kept));
        if (!planned.accepted && before.api && holder(before.api) !== 'other') expect(now.api).toBe(before.api);
      }),
      { numRuns: 300 },
    );
  });

  const addressesOf = (plane: ControlPlaneSpec | undefined) => ({
    api: plane?.endpoint?.host,
    sites: plane?.ingress?.hosts ?? [],
  });
});
