import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { goesTogether, runsOn, versionsOf } from '../../../catalog/compatibility.ts';
import { type Catalog, hikubeCatalog } from '../../../catalog/index.ts';
import { byMinor } from '../../../catalog/minor.ts';
import { CHARTS } from '../../../catalog/schema/chart.ts';
import type { Accepted } from '../../children.ts';
import { type ChartContext, chartFor } from './chart-version.ts';

const minors = byMinor(Object.keys(hikubeCatalog.versions));
const OCI: Catalog = {
  ...hikubeCatalog,
  charts: {
    ...hikubeCatalog.charts,
    coredns: { ...hikubeCatalog.charts.coredns, kubernetes: { from: 'v1.33' }, versions: [{ version: 'v1.40+A' }] },
  },
};

/** A cluster that has reached a minor, is on its way to another and has this version of Flux. */
function context(
  reached: string | undefined,
  target: string,
  flux?: string,
  catalog = hikubeCatalog,
  nodes?: string,
): ChartContext {
  return { catalog, minors: { reached, nodes, target }, accepted: released(flux) };
}

function released(version: string | undefined): Accepted {
  if (version === undefined) return { pools: {} };
  const source = {
    kind: 'HelmRepository',
    name: 'fluxcd',
    namespace: 'hikube-system',
    chart: 'flux2',
    version,
  } as const;
  const release = { source, namespace: 'flux-system', dependsOn: [], essential: false, values: {} };
  return { pools: {}, addons: { cluster: 'shop', releases: { fluxcd: release } } };
}

const flux = (reached: string | undefined, target: string, running?: string) =>
  chartFor(context(reached, target, running), 'fluxcd').version;

describe('the version of a chart', () => {
  test.each([
    { reached: undefined, target: 'v1.31', running: undefined, gets: '2.16.4', why: 'a new cluster' },
    { reached: 'v1.31', target: 'v1.31', running: '2.16.4', gets: '2.16.4', why: 'nothing changes' },
    { reached: 'v1.31', target: 'v1.32', running: '2.16.4', gets: '2.16.4', why: 'API servers of both minors answer' },
    { reached: 'v1.32', target: 'v1.32', running: '2.16.4', gets: '2.17.2', why: 'the upgrade is through' },
    { reached: 'v1.31', target: 'v1.32', running: '2.15.0', gets: '2.16.4', why: 'behind, and a newer runs on both' },
    { reached: 'v1.32', target: 'v1.33', running: '2.17.2', gets: '2.17.2', why: '2.18.3 refuses what still answers' },
    { reached: undefined, target: 'v1.33', running: '2.17.2', gets: '2.17.2', why: 'nobody knows what answers' },
    { reached: 'v1.29', target: 'v1.29', running: '2.14.0', gets: '2.14.0', why: 'the minor has left the catalogue' },
    { reached: 'v1.29', target: 'v1.30', running: '2.14.0', gets: '2.14.0', why: 'nothing else runs on it yet' },
    { reached: 'v1.36', target: 'v1.36', running: '2.18.2', gets: '2.18.3', why: 'the catalogue has moved on' },
  ])('reached $reached on the way to $target with $running: $gets, for $why', ({ reached, target, running, gets }) => {
    expect(flux(reached, target, running)).toBe(gets);
  });

  test('a new add-on goes by the nodes while nobody knows what the API servers run', () => {
    expect(chartFor(context(undefined, 'v1.33', undefined, hikubeCatalog, 'v1.32'), 'fluxcd').version).toBe('2.17.2');
  });

  test('a further version of an OCI chart has a source of its own', () => {
    expect(chartFor(context('v1.36', 'v1.36', undefined, OCI), 'coredns')).toMatchObject({ name: 'coredns' });
    const older = chartFor(context('v1.32', 'v1.32', undefined, OCI), 'coredns');
    expect(older).toMatchObject({ kind: 'OCIRepository', name: 'coredns-v1-40-a', version: 'v1.40+A' });
  });

  test('law: it runs on what answers, goes with the others, and never goes down while a cluster goes up', () => {
    const lives = fc.record({ chart: fc.constantFrom(...CHARTS), start: fc.nat(minors.length - 1) });
    fc.assert(
      fc.property(lives, ({ chart, start }) => {
        let running: string | undefined;
        const offered = versionsOf(hikubeCatalog.charts[chart]);
        const rank = (version: string) => offered.findIndex(other => other.version === version);
        for (const [reached = '', target = ''] of stepsFrom(start)) {
          const given = context(reached, target, chart === 'fluxcd' ? running : undefined);
          const { version } = chartFor(given, chart);
          const entry = offered[rank(version)] ?? expect.fail(`${version} is not offered`);
          expect(runsOn(entry, reached)).toBe(true);
          expect(goesTogether(entry, partner => chartFor(given, partner).version)).toBe(true);
          if (running !== undefined) expect(rank(version)).toBeLessThanOrEqual(rank(running));
          running = version;
        }
      }),
    );
  });

  test('law: whatever ranges a catalogue gives, a release goes down only when it runs no more on what answers', () => {
    const from = fc.integer({ min: 0, max: minors.length - 1 });
    const range = fc.record({ from, length: fc.integer({ min: 0, max: 3 }) });
    const lives = fc.record({ ranges: fc.array(range, { minLength: 1, maxLength: 5 }), start: from });
    fc.assert(
      fc.property(lives, ({ ranges, start }) => {
        const entries = ranges.map((entry, index) => ({
          version: `2.${ranges.length - index}.0`,
          kubernetes: {
            from: minors[entry.from] ?? '',
            to: minors[Math.min(entry.from + entry.length, minors.length - 1)],
          },
        }));
        const [first = { version: '', kubernetes: { from: '' } }, ...versions] = entries;
        const catalog = withFlux({ ...hikubeCatalog.charts.fluxcd, ...first, versions });
        let running: string | undefined;
        for (const [reached = '', target = ''] of stepsFrom(start)) {
          const { version } = chartFor(context(reached, target, running, catalog), 'fluxcd');
          const before = entries.findIndex(entry => entry.version === running);
          const after = entries.findIndex(entry => entry.version === version);
          const stillRuns = entries[before] !== undefined && runsOn(entries[before], reached);
          if (stillRuns) expect(after).toBeLessThanOrEqual(before);
          if (entries.some(entry => runsOn(entry, reached)))
            expect(runsOn(entries[after] ?? first, reached)).toBe(true);
          running = version;
        }
      }),
    );
  });
});

/** Minors as a cluster lives through them: there, on the way to the next, there. */
function stepsFrom(start: number): string[][] {
  return minors.slice(start).flatMap((minor, index, rest) => {
    const next = rest[index + 1];
    return next
      ? [
          [minor, minor],
          [minor, next],
        ]
      : [[minor, minor]];
  });
}

function withFlux(fluxcd: Catalog['charts']['fluxcd']): Catalog {
  return { ...hikubeCatalog, charts: { ...hikubeCatalog.charts, fluxcd } };
}
