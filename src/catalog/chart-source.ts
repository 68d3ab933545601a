import { versionsOf } from './compatibility.ts';
import type { Catalog, CatalogChart, ChartName } from './schema.ts';

/** Where Flux finds one version of a chart; what platform and clusters have to agree upon. */
export interface ChartSource {
  kind: CatalogChart['kind'];
  name: string;
  namespace: string;
  url: string;
  /** The one version an OCI repository holds; a Helm repository holds all. */
  tag?: string;
}

/** The source of a version: named like the chart, and for a further version of an OCI chart with the version behind. */
export function sourceOf({ charts, chartNamespace }: Catalog, chart: ChartName, version: string): ChartSource {
  const { kind, url, version: preferred } = charts[chart];
  const source = { kind, name: chart, namespace: chartNamespace, url };
  if (kind === 'HelmRepository') return source;
  return { ...source, name: version === preferred ? chart : `${chart}-${slug(version)}`, tag: version };
}

/** All sources of a chart, the preferred version's first. */
export function sourcesOf(catalog: Catalog, chart: ChartName): ChartSource[] {
  const sources = versionsOf(catalog.charts[chart]).map(({ version }) => sourceOf(catalog, chart, version));
  return sources.filter(({ name }, index) => sources.findIndex(other => other.name === name) === index);
}

function slug(version: string): string {
  return version.toLowerCase().replace(/[^a-z0-9]+/g, '-');
}
