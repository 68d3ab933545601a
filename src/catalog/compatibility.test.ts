import { describe, expect, test } from 'vitest';
import { incompatible, runsOn, versionsOf } from './compatibility.ts';
import { type Catalog, hikubeCatalog } from './index.ts';
import { CHARTS } from './schema/chart.ts';
import { IMAGES } from './schema/images.ts';

const minors = Object.keys(hikubeCatalog.versions);
/** Hikube's catalogue with one chart changed. */
const withChart = (name: keyof Catalog['charts'], change: Partial<Catalog['charts']['cilium']>): Catalog => ({
  ...hikubeCatalog,
  charts: { ...hikubeCatalog.charts, [name]: { ...hikubeCatalog.charts[name], ...change } },
});

describe('the charts of the catalogue', () => {
  test.each(CHARTS.flatMap(chart => minors.map(minor => [chart, minor] as const)))('%s runs on %s', (chart, minor) => {
    expect(versionsOf(hikubeCatalog.charts[chart]).some(version => runsOn(version, minor))).toBe(true);
  });

  test.each(CHARTS)('every version of %s says which minors it runs on', chart => {
    for (const version of versionsOf(hikubeCatalog.charts[chart])) expect(version.kubernetes).toBeDefined();
  });

  test('all of them go together on every minor', () => expect(incompatible(hikubeCatalog)).toEqual([]));

  test.each([
    ['v1.30', '2.15.0'],
    ['v1.31', '2.16.4'],
    ['v1.32', '2.17.2'],
    ['v1.33', '2.18.3'],
    ['v1.36', '2.18.3'],
  ])('on %s Flux is the one that still accepts it: %s', (minor, version) => {
    expect(versionsOf(hikubeCatalog.charts.fluxcd).find(other => runsOn(other, minor))?.version).toBe(version);
  });

  test('a minor without a version of some chart is told', () => {
    expect(incompatible(withChart('fluxcd', { versions: [] }))).toEqual([
      'charts.fluxcd: no version runs on v1.30',
      'charts.fluxcd: no version runs on v1.31',
      'charts.fluxcd: no version runs on v1.32',
    ]);
  });

  test.each(['1.20.2', '1.190.0', '1.2'])('definitions that do not go with Cilium %s are told', version => {
    const wrong = incompatible(withChart('cilium', { version }));
    expect(wrong).toHaveLength(minors.length);
    expect(wrong[0]).toBe(`charts.gateway-api: on v1.30 no version goes with cilium ${version}`);
  });

  test('every program says which minors it works with, and one that does not work with a minor is told', () => {
    expect(Object.keys(hikubeCatalog.imageSupport).sort()).toEqual([...IMAGES, 'etcd'].sort());
    const imageSupport = { ...hikubeCatalog.imageSupport, csiResizer: { from: 'v1.16', to: 'v1.35' } };
    expect(incompatible({ ...hikubeCatalog, imageSupport })).toEqual([
      'imageSupport.csiResizer: does not work with v1.36',
    ]);
  });

  test('a range that ends before it begins is told', () => {
    const turned = { kubernetes: { from: 'v1.36', to: 'v1.30' } };
    expect(incompatible(withChart('velero', turned))).toContain(
      'charts.velero: 12.1.0 has a range that ends before it begins',
    );
  });
});
