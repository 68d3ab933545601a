import type { KubeObject } from '../../base/object.ts';
import { type ChartSource, sourcesOf } from '../../catalog/chart-source.ts';
import type { Catalog } from '../../catalog/index.ts';
import { CHARTS } from '../../catalog/schema/chart.ts';
import { PLATFORM } from './resource-names.ts';

/** Flux sources of the catalogue's charts, so that releases find each version they may be given. */
export function chartSources(catalog: Catalog, mirrors: Record<string, string>): Map<string, KubeObject> {
  const sources = CHARTS.flatMap(chart => sourcesOf(catalog, chart));
  return new Map(
    sources.map(source => [PLATFORM.chartSource(source.name), chartSource(source, mirrored(source.url, mirrors))]),
  );
}

function chartSource({ kind, name, namespace, tag }: ChartSource, url: string): KubeObject {
  const object = { apiVersion: 'source.toolkit.fluxcd.io/v1', kind, metadata: { name, namespace } };
  if (tag === undefined) return { ...object, spec: { url, interval: '1h' } };
  return {
    ...object,
    spec: {
      url,
      interval: '1h',
      ref: { tag },
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
