import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { at, isObject, type JsonObject, objectAt } from '../../src/base/json.ts';
import { readOverride } from '../../src/plan/target/addons/override.ts';
import { releasesOf } from '../../src/plan/target/addons/testing/context.ts';
import { EVERYTHING } from '../../src/plan/target/addons/testing/everything.ts';

const folder = process.env.HIKUBE_UPSTREAM_CHARTS;
const reason = folder ? '' : ' (skipped: HIKUBE_UPSTREAM_CHARTS names no folder with the charts’ values)';

interface Chart {
  name: string;
  /** Default values, those of the charts it brings along under their names. */
  values: JsonObject;
}

const charts: Chart[] = folder
  ? readdirSync(folder)
      .filter(file => file.endsWith('.json'))
      .sort()
      .map(read)
  : [];

function read(file: string): Chart {
  const chart: unknown = JSON.parse(readFileSync(path.join(folder ?? '', file), 'utf8'));
  const values = objectAt(chart, 'values');
  const subcharts = Object.entries(objectAt(chart, 'subcharts')).map(([name, own]) => [
    name,
    { ...objectAt(own), ...objectAt(values, name) },
  ]);
  return { name: String(at(chart, 'chart')), values: { ...values, ...Object.fromEntries(subcharts) } };
}

/** Switches whose name says monitor or Prometheus and which need none of the operator's kinds, and why. */
const HARMLESS: Record<string, string> = {
  'cilium monitor.enabled': 'a container that prints packets',
  'kube-state-metrics selfMonitor.enabled': 'a port of the Service; its monitor comes with prometheus.monitor',
};
const SMELLS =
  /(^|\.)(\w*monitor|prometheusrules?|scrapeconfig|vm\w*scrape)\.(enabled|enable|create)$|prometheus\.enable$/i;

describe.skipIf(!folder)(`values of the pinned charts${reason}`, () => {
  test('there are some', () => {
    expect(charts.length).toBeGreaterThan(10);
  });

  const smelling = charts.flatMap(chart => switches(chart.values).map(found => [chart.name, found.join('.')] as const));

  test.each(smelling.filter(([, found]) => SMELLS.test(found)))(
    '%s: a tenant who switches on %s does not break the release',
    (chart, found) => {
      const given = nested(found.split('.'), true);
      const { values, findings } = readOverride(given, 'spec.addons.x.valuesOverride', []);
      const harmless = `${chart} ${found}` in HARMLESS;
      expect(at(values, ...found.split('.'))).toBe(harmless);
      expect(findings).toHaveLength(harmless ? 0 : 1);
    },
  );

  const releases = Object.values(releasesOf(EVERYTHING));

  test.each(charts.map(chart => [chart.name, chart] as const))(
    '%s knows every key the platform sets',
    (name, chart) => {
      const own = releases.filter(({ source }) => source.chart === name);
      expect(own.length).toBeGreaterThan(0);
      for (const { values } of own) expect(unknownKeys(objectAt(values), chart.values)).toEqual([]);
    },
  );
});

/** Paths of booleans. */
function switches(values: JsonObject, here: string[] = []): string[][] {
  return Object.entries(values).flatMap(([key, value]) =>
    typeof value === 'boolean' ? [[...here, key]] : isObject(value) ? switches(value, [...here, key]) : [],
  );
}

/** Keys of ours that the chart's values do not have; a map that is empty or null by default takes any. */
function unknownKeys(ours: JsonObject, theirs: JsonObject, here: string[] = []): string[] {
  return Object.entries(ours).flatMap(([key, value]) => {
    const place = [...here, key];
    if (!(key in theirs)) return UNLISTED.includes(place.join('.')) ? [] : [place.join('.')];
    const known = theirs[key];
    return isObject(value) && isObject(known) && Object.keys(known).length > 0 ? unknownKeys(value, known, place) : [];
  });
}

/** Values the charts read without listing a default (in their values they are commented out), or free keys of a map. */
const UNLISTED: string[] = [
  'podAnnotations',
  'k8sAppLabelOverride',
  'service.clusterIP',
  'controller.nodeSelector.node-role.kubernetes.io/ingress-nginx',
];

function nested(keys: string[], value: boolean): JsonObject {
  const [key = '', ...rest] = keys;
  return { [key]: rest.length === 0 ? value : nested(rest, value) };
}
