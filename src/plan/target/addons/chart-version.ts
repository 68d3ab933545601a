import type { Release } from '../../../api/parts/addons.ts';
import { sourceOf } from '../../../catalog/chart-source.ts';
import { type ChartVersion, goesTogether, runsOn, versionsOf } from '../../../catalog/compatibility.ts';
import type { Catalog, ChartName } from '../../../catalog/index.ts';
import type { Accepted } from '../../children.ts';

/** What decides the version of a chart. */
export interface ChartContext {
  catalog: Catalog;
  accepted: Accepted;
  minors: Minors;
}

/** Minors: what the API servers run and what the newest nodes do, where that is known, and what both are to run. */
export interface Minors {
  reached: string | undefined;
  nodes: string | undefined;
  target: string;
}

/**
 * The chart a cluster gets: in a version that runs on what its API servers have reached. On the way to another minor a
 * version that runs on both goes before, so that what must move first does, and what would have to move twice waits;
 * but no release goes down for it.
 * Where nothing is known of the API servers, or nothing in the catalogue runs on them, what is released stays, and
 * what is new goes by the nodes, which are never ahead of them.
 */
export function chartFor(context: ChartContext, chart: ChartName): Release['source'] {
  const { catalog } = context;
  const fitting = candidates(context, chart);
  const together = fitting.find(version =>
    goesTogether(version, partner => candidates(context, partner)[0]?.version ?? ''),
  );
  const picked = together ?? fitting[0];
  if (!picked) {
    const released = releasedSource(context, chart);
    if (released) return released;
  }
  const version = picked?.version ?? catalog.charts[chart].version;
  const { kind, name, namespace } = sourceOf(catalog, chart, version);
  return { kind, name, namespace, chart: catalog.charts[chart].chart, version };
}

/** Versions in the order they are preferred, by what they run on alone. */
function candidates(context: ChartContext, chart: ChartName): ChartVersion[] {
  const { reached, nodes, target } = context.minors;
  const offered = versionsOf(context.catalog.charts[chart]);
  const released = offered.filter(({ version }) => version === releasedSource(context, chart)?.version);
  if (reached === undefined && released.length > 0) return released;
  const possible = offered.filter(version => runsOn(version, reached ?? nodes ?? target));
  const [running] = possible.filter(version => released.includes(version));
  const oldest = running ? offered.indexOf(running) : offered.length;
  const lasting = possible.filter(version => runsOn(version, target) && offered.indexOf(version) <= oldest);
  return [...lasting, ...possible.filter(version => !lasting.includes(version))];
}

function releasedSource({ catalog, accepted }: ChartContext, chart: ChartName): Release['source'] | undefined {
  const { chart: name } = catalog.charts[chart];
  return Object.values(accepted.addons?.releases ?? {}).find(({ source }) => source.chart === name)?.source;
}
