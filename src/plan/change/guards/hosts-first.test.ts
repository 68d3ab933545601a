import { describe, expect, test } from 'vitest';
import { hikubeCatalog } from '../../../catalog/index.ts';
import type { Reservations } from '../../reservations.ts';
import { observedAs, planOf } from '../../testing/plan.ts';
import { heldBy, step } from '../testing/facts.ts';

const A = 'a.example.com';
const B = 'b.example.com';
const claim = (host: string, sites: string[] = []) => ({
  host,
  nodeGroups: { web: { instanceType: 's1.large', roles: ['ingress-nginx'] } },
  ...(sites.length > 0 ? { addons: { ingressNginx: { enabled: true, hosts: sites } } } : {}),
});
const ours = (...hosts: string[]): Reservations => new Map(hosts.map(host => [host, 'ours']));
const { ingressClass } = hikubeCatalog.domain;

describe('a host is used once it is ours', () => {
  test.each<[string, ReturnType<Reservations['get']>, string | undefined]>([
    ['ours', 'ours', undefined],
    ['free', 'free', 'HostNotReserved'],
    ['not looked up', undefined, 'HostNotReserved'],
  ])('one that is %s', (_, holder, code) => {
    const name = step({ kind: 'host', role: 'api', host: A, api: { now: undefined, next: A } });
    expect(heldBy(name, { reservations: { get: () => holder } })).toBe(code);
  });

  test('until then the API has none or keeps its old name, and the tenant is told', () => {
    expect(planOf(claim(A), { reservations: ours() }).children.controlPlane?.endpoint).toBeUndefined();
    const observed = observedAs(planOf(claim(A)));
    const { children, pending } = planOf(claim(B), { observed, reservations: ours(A) });
    expect(children.controlPlane?.endpoint).toEqual({ host: A, ingressClass });
    expect(pending).toMatchObject([{ code: 'HostNotReserved', part: 'control-plane', path: 'spec.host' }]);
  });

  test('of several sites those that are ours are served', () => {
    const observed = observedAs(planOf(claim(A)));
    const { children, pending } = planOf(claim(A, [B, 'c.example.com']), { observed, reservations: ours(A, B) });
    expect(children.controlPlane?.ingress).toEqual({ hosts: [B], ingressClass });
    const hold = { code: 'HostNotReserved', reason: expect.stringContaining('c.example.com') };
    expect(pending).toContainEqual(expect.objectContaining(hold));
  });
});

describe('a site that takes over the name of the API', () => {
  test('waits while the API still has it', () => {
    const site = step({ kind: 'host', role: 'ingress', host: A, api: { now: A, next: B } });
    expect(heldBy(site, { reservations: ours(A) })).toBe('HostInUse');
    expect(heldBy(site, { reservations: ours(A, B) })).toBeUndefined();
  });

  test('is served in the round in which the API gets its new one', () => {
    const observed = observedAs(planOf(claim(A)));
    const held = planOf(claim(B, [A]), { observed, reservations: ours(A) }).children.controlPlane;
    expect([held?.endpoint?.host, held?.ingress]).toEqual([A, undefined]);
    const moved = planOf(claim(B, [A]), { observed, reservations: ours(A, B) }).children.controlPlane;
    expect([moved?.endpoint?.host, moved?.ingress?.hosts]).toEqual([B, [A]]);
  });
});
