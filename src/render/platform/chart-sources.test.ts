import { expect, test } from 'vitest';
import { at } from '../../base/json.ts';
import { type Catalog, hikubeCatalog } from '../../catalog/index.ts';
import { chartSources } from './chart-sources.ts';

const cilium = hikubeCatalog.charts.cilium;
const catalog: Catalog = {
  ...hikubeCatalog,
  charts: { ...hikubeCatalog.charts, cilium: { ...cilium, versions: [{ version: '1.18.9' }, { version: '1.17.12' }] } },
};
const sources = chartSources(catalog, {});

test('every version of an OCI chart has a source, the preferred one under the name of the chart', () => {
  const tags = [...sources.values()]
    .filter(source => at(source, 'spec', 'url') === cilium.url)
    .map(source => [source.metadata.name, at(source, 'spec', 'ref', 'tag')]);
  expect(tags).toEqual([
    ['cilium', cilium.version],
    ['cilium-1-18-9', '1.18.9'],
    ['cilium-1-17-12', '1.17.12'],
  ]);
});

test('one source serves all versions of a chart of a Helm repository', () => {
  const flux = [...sources.values()].filter(source => source.metadata.name.startsWith('fluxcd'));
  expect(flux).toMatchObject([{ kind: 'HelmRepository', spec: { url: hikubeCatalog.charts.fluxcd.url } }]);
});
