import type { KubeObject } from '../../api/object.ts';
import type { Catalog, CatalogChart } from '../../catalog/index.ts';

/** Flux sources of the catalogue's charts, one per chart and named like it, so that releases find them by that name. */
export function chartSources(catalog: Catalog, mirrors: Record<string, string>): Map<string, KubeObject> {
  return new Map(
    Object.entries(catalog.charts).map(([name, chart]) => [
      `chart-${name}`,
      chartSource(name, chart, catalog.chartNamespace, mirrored(chart.url, mirrors)),
    ]),
  );
}

function chartSource(name: string, chart: CatalogChart, namespace: string, url: string): KubeObject {
  const object = { apiVersion: 'source.toolkit.fluxcd.io/v1', kind: chart.kind, metadata: { name, namespace } };
  if (chart.kind === 'HelmRepository') return { ...object, spec: { url, interval: '1h' } };
  return {
    ...object,
    spec: {
      url,
      interval: '1h',
      ref: { tag: chart.version },
      layerSelector: { mediaType: 'application/vnd.cncf.helm.chart.content.v1.tar+gzip', operation: 'copy' },
    },
  };
}

/** Replaces the longest prefix that has a mirror. */
function mirrored(url: string, mirrors: Record<string, string>): string {
  const [longest] = Object.keys(mirrors)
    .filter(prefix => url.startsWith(prefix))
    .sort((a, b) => b.length - a.length);
  return longest === undefined ? url : `${mirrors[longest]}${url.slice(longest.length)}`;
}
