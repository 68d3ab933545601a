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
    [{ gpus: [{ device: 'd', model: 'm', zones: ['mars'] }] }, 'gpus.0.zones: mars'],
    [{ etcd: { storageClass: 'gone' } }, 'etcd.storageClass'],
    [{ images: { csiDriver: 'no tag' } }, 'images.csiDriver'],
  ])('%j is refused with the path and the reason', (overlay, expected) => {
    expect(reason(overlay)).toMatch(/^cannot (read|use) the catalogue: /);
    expect(reason(overlay)).toContain(expected);
  });

  test.each([[{ kind: 'Catalogue' }], [{ apiVersion: 'v1' }]])('an input of another kind is refused: %j', overlay => {
    expect(reason(overlay)).toContain(`expected ${INPUT_API_VERSION} Catalog`);
  });

  test('input that is no object is refused', () => {
    expect(() => parseCatalog('zones')).toThrow(CatalogError);
  });
});
