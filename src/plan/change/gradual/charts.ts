import type { Release } from '../../../api/parts/addons.ts';
import type { ChartName } from '../../../catalog/index.ts';
import { type ChartContext, chartFor } from '../../target/addons/chart-version.ts';
import type { AddonContext } from '../../target/addons/types.ts';
import { minorKey, newestNodes } from '../../target/version.ts';
import { type Facts, reachedVersion } from '../facts.ts';
import type { Pending } from '../pending.ts';
import type { Gradual } from './types.ts';

/** Charts follow the control plane: in this round each has the version that runs on what the API servers have reached. */
export const charts: Gradual = (target, context, facts) => {
  const chartContext = contextOf(target.controlPlane.version, context, facts);
  const { reached, target: end } = chartContext.minors;
  // Every chart is chosen by what the API servers run, and that is what the target was chosen by.
  if (reached === end) return { children: target, pending: [] };
  const pending: Pending[] = [];
  const releases = Object.entries(target.addons.releases).map(([name, release]): [string, Release] => {
    const source = sourceNow(release.source, chartContext);
    if (source.version !== release.source.version) pending.push(behind(name, source, release.source, target));
    return [name, { ...release, source }];
  });
  return { children: { ...target, addons: { ...target.addons, releases: Object.fromEntries(releases) } }, pending };
};

function contextOf(version: string, { accepted }: AddonContext, facts: Facts): ChartContext {
  const reached = reachedVersion(facts);
  const nodes = newestNodes(accepted.pools);
  return {
    catalog: facts.catalog,
    accepted,
    minors: { reached: reached && minorKey(reached), nodes: nodes && minorKey(nodes), target: minorKey(version) },
  };
}

function sourceNow(source: Release['source'], context: ChartContext): Release['source'] {
  const chart = chartNameOf(source.chart, context);
  return chart === undefined ? source : chartFor(context, chart);
}

function chartNameOf(chart: string, { catalog }: ChartContext): ChartName | undefined {
  const found = Object.entries(catalog.charts).find(([, entry]) => entry.chart === chart);
  return Object.keys(catalog.charts).find((name): name is ChartName => name === found?.[0]);
}

function behind(
  name: string,
  now: Release['source'],
  end: Release['source'],
  { controlPlane }: { controlPlane: { version: string } },
): Pending {
  return {
    code: 'ChartBehind',
    part: 'addons',
    path: 'spec.addons',
    reason: `${name} has ${now.version} of its chart, and ${end.version} once the control plane runs ${minorKey(controlPlane.version)}`,
    remedy: 'wait for the control plane',
  };
}
