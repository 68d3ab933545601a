import { byMinor, inRange, type MinorRange } from './minor.ts';
import { CHARTS } from './schema/chart.ts';
import type { Catalog, CatalogChart, ChartName } from './schema.ts';

/** One version of a chart and what it runs on. */
export interface ChartVersion {
  version: string;
  kubernetes?: MinorRange | undefined;
  goesWith?: Partial<Record<ChartName, string>> | undefined;
}

/** All versions of a chart, the preferred one first. */
export function versionsOf({ version, kubernetes, goesWith, versions = [] }: CatalogChart): ChartVersion[] {
  return [{ version, kubernetes, goesWith }, ...versions];
}

/** Whether a version runs on a minor. */
export function runsOn({ kubernetes }: ChartVersion, minor: string): boolean {
  return kubernetes === undefined || inRange(minor, kubernetes);
}

/** Whether a version goes with the versions of the other charts. */
export function goesTogether({ goesWith = {} }: ChartVersion, versionOf: (chart: ChartName) => string): boolean {
  return CHARTS.every(partner => {
    const beginning = goesWith[partner];
    return beginning === undefined || startsWith(versionOf(partner), beginning);
  });
}

/**
 * Gaps of a catalogue: a minor some chart has no version for or some program does not work with, or versions that are
 * picked together and do not go together. Everything is crossed with everything, as any cluster may have it.
 */
export function incompatible({ charts, versions, imageSupport }: Catalog): string[] {
  const wrong: string[] = [];
  for (const minor of byMinor(Object.keys(versions))) {
    const first = (chart: ChartName) => versionsOf(charts[chart]).find(version => runsOn(version, minor));
    const picked = (chart: ChartName) => first(chart)?.version ?? '';
    for (const [name, kubernetes] of Object.entries(imageSupport)) {
      if (!inRange(minor, kubernetes)) wrong.push(`imageSupport.${name}: does not work with ${minor}`);
    }
    for (const chart of CHARTS) {
      const running = versionsOf(charts[chart]).filter(version => runsOn(version, minor));
      if (running.length === 0) wrong.push(`charts.${chart}: no version runs on ${minor}`);
      else if (!running.some(version => goesTogether(version, picked))) {
        wrong.push(`charts.${chart}: on ${minor} no version goes with ${partners(running, picked).join(' and ')}`);
      }
    }
  }
  return [...wrong, ...wrongRanges(charts)];
}

function partners(running: ChartVersion[], picked: (chart: ChartName) => string): string[] {
  const named = CHARTS.filter(partner => running.some(({ goesWith }) => goesWith?.[partner] !== undefined));
  return named.map(partner => `${partner} ${picked(partner)}`);
}

function wrongRanges(charts: Catalog['charts']): string[] {
  return CHARTS.flatMap(chart =>
    versionsOf(charts[chart])
      .filter(
        ({ kubernetes }) =>
          kubernetes?.to !== undefined && !inRange(kubernetes.from, { from: 'v1.0', to: kubernetes.to }),
      )
      .map(({ version }) => `charts.${chart}: ${version} has a range that ends before it begins`),
  );
}

/** `1.19` is the beginning of 1.19.5 and not of 1.190.0; a `v` in front means nothing. */
function startsWith(version: string, beginning: string): boolean {
  const [numbers, first] = [version, beginning].map(text => text.replace(/^v/, '').split('.'));
  return (first ?? []).every((number, index) => numbers?.[index] === number);
}
