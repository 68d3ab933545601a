import { describe, expect, test } from 'vitest';
import { INPUT_API_VERSION } from '../api/group.ts';
import { CatalogError, hikubeCatalog, parseCatalog } from './index.ts';
import { catalog } from './schema.ts';

const input = (overlay: object) => ({ apiVersion: INPUT_API_VERSION, kind: 'Catalog', ...overlay });
const reason = (overlay: object) => {
  try {
    parseCatalog(input(overlay));
  } catch (error) {
    if (error instanceof CatalogError) return error.message;
    throw error;
  }
  return 'accepted';
};

describe('the catalogue', () => {
  test("Hikube's defaults are a whole catalogue", () => {
    expect(catalog.parse(hikubeCatalog)).toEqual(hikubeCatalog);
    expect(parseCatalog(input({}))).toEqual(hikubeCatalog);
    expect(parseCatalog(undefined)).toEqual(hikubeCatalog);
  });

  test('H44 it has the 20 machine sizes with their vCPU and memory', () => {
    expect(Object.keys(hikubeCatalog.instanceTypes)).toHaveLength(20);
    const ratio = { s1: 2, u1: 4, m1: 8 };
    for (const [name, type] of Object.entries(hikubeCatalog.instanceTypes)) {
      const series = Object.entries(ratio).find(([prefix]) => name.startsWith(`${prefix}.`));
      expect(type.memory, name).toBe(`${type.cpu * (series?.[1] ?? 0)}Gi`);
    }
  });

  test('maps merge by key, lists replace, null removes', () => {
    const own = parseCatalog(
      input({
        zones: ['north', 'south'],
        instanceTypes: { 'x1.small': { cpu: 1, memory: '1Gi' }, 's1.small': null },
        storageClasses: { 'fast-ssd': { replication: 'none', copies: 1 } },
      }),
    );
    expect(own.zones).toEqual(['north', 'south']);
    expect(Object.keys(own.instanceTypes)).toContain('x1.small');
    expect(Object.keys(own.instanceTypes)).not.toContain('s1.small');
    expect(Object.keys(own.storageClasses)).toEqual(['local', 'replicated', 'replicated-async', 'fast-ssd']);
    expect(own.charts).toEqual(hikubeCatalog.charts);
  });

  test.each([
    [{ zones: [] }, 'zones'],
    [{ zonez: ['a'] }, 'zonez'],
    [{ instanceTypes: { big: { cpu: 0, memory: '1Gi' } } }, 'instanceTypes.big.cpu'],
    [{ instanceTypes: { big: { cpu: 1, memory: 'lots' } } }, 'instanceTypes.big.memory'],
    [{ defaultVersion: 'v1.99' }, 'defaultVersion: v1.99 is not in versions'],
    [{ versions: { 'v1.34': { patch: 'v1.33.1' } } }, 'versions.v1.34.patch'],
    [{ versions: { 'v1.34': { state: 'gone' } } }, 'versions.v1.34.state'],
    [{ versions: { 'v1.34': { endOfLife: '2026-13-01' } } }, 'versions.v1.34.endOfLife: is not a date'],
    [{ versions: { 'v1.36': { state: 'preview' } } }, 'defaultVersion: v1.36 is a preview'],
    [{ platform: { clusterApi: { to: 'v1.35' } } }, 'versions.v1.36: is above v1.35'],
    [{ platform: { clusterApi: { from: 'v1.37' } } }, 'platform.clusterApi: v1.37 to v1.36 is no range'],
    [{ platform: { kamaji: { to: 'v1.35' } } }, 'versions.v1.36: is above v1.35, the last minor of platform.kamaji'],
    [{ defaultVersion: 'v1.30' }, 'defaultVersion: v1.30 is outside platform.clusterApi'],
    [{ versionPolicy: { expired: 'ignore' } }, 'versionPolicy.expired'],
    [{ gpus: [{ device: 'a.b/d', model: 'm', zones: ['mars'] }] }, 'gpus[0].zones: mars'],
    [{ etcd: { storageClass: 'gone' } }, 'etcd.storageClass'],
    [{ images: { csiDriver: 'no tag' } }, 'images.csiDriver'],
    [{ domain: { suffix: '' } }, 'domain.suffix: is not a domain'],
    [{ domain: { suffix: '*.example.com' } }, 'domain.suffix: is not a domain'],
    [{ domain: { suffix: 'com' } }, 'domain.suffix: is a public suffix'],
    [{ domain: { suffix: 'k8s.svc' } }, 'domain.suffix: is a domain of Services'],
    [{ domain: { suffix: `${'a.'.repeat(73)}com` } }, 'domain.suffix: is longer than'],
    [{ domain: { allowed: ['example.com', '10.0.0.1'] } }, 'domain.allowed[1]: is not a domain'],
    [{ domain: { reserved: ['a_b.example.com'] } }, 'domain.reserved[0]: is not a domain'],
    [{ domain: { ingressClass: 'Not A Class' } }, 'domain.ingressClass: is not the name'],
    [
      { network: { clusterDomain: 'example.com' }, domain: { suffix: 'k8s.example.com' } },
      'domain.suffix: k8s.example.com lies',
    ],
    [
      { network: { clusterDomain: 'example.com' }, domain: { allowed: ['a.ch', 'k8s.example.com'] } },
      'domain.allowed[1]: k8s',
    ],
  ])('%j is refused with the path and the reason', (overlay, expected) => {
    expect(reason(overlay)).toMatch(/^cannot (read|use) the catalogue: /);
    expect(reason(overlay)).toContain(expected);
  });

  test('domains are read in lower case and without dots at the ends', () => {
    const { domain } = parseCatalog(
      input({ domain: { suffix: '.K8s.Example.com', allowed: ['Example.COM.'], reserved: ['.Console.example.com'] } }),
    );
    expect(domain).toMatchObject({
      suffix: 'k8s.example.com',
      allowed: ['example.com'],
      reserved: ['console.example.com'],
    });
  });

  test.each([[{ kind: 'Catalogue' }], [{ apiVersion: 'v1' }]])('an input of another kind is refused: %j', overlay => {
    expect(reason(overlay)).toContain(`expected ${INPUT_API_VERSION} Catalog`);
  });

  test('input that is no object is refused', () => {
    expect(() => parseCatalog('zones')).toThrow(CatalogError);
  });
});

test('a name that would be lost is refused instead', () => {
  const input = JSON.parse(
    '{"apiVersion": "fn.hikube.cloud/v1alpha1", "kind": "Catalog", "instanceTypes": {"__proto__": {"cpu": 1, "memory": "1Gi"}}}',
  );
  expect(() => parseCatalog(input)).toThrow('__proto__ cannot be the name of anything');
});
