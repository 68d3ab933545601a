import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { Ajv } from 'ajv';
import { describe, expect, test } from 'vitest';
import { at, isObject, type JsonObject, objectAt, stringAt } from '../../src/base/json.ts';
import { versionsOf } from '../../src/catalog/compatibility.ts';
import { hikubeCatalog } from '../../src/catalog/index.ts';
import { minorNumber } from '../../src/catalog/minor.ts';
import { CHARTS } from '../../src/catalog/schema/chart.ts';
import { merged } from '../../src/plan/target/addons/release.ts';
import { releasesOf } from '../../src/plan/target/addons/testing/context.ts';

const folder = process.env.HIKUBE_UPSTREAM_CHARTS;
const reason = folder ? '' : ' (skipped: HIKUBE_UPSTREAM_CHARTS names no folder with the charts’ schemas)';
const ON = { enabled: true };
/** Every release there is, with each switch that changes its values. */
const releases = Object.values(
  releasesOf({
    certManager: ON,
    ingressNginx: ON,
    fluxcd: { enabled: true, valuesOverride: { resources: { limits: { memory: '1Gi' } } } },
    monitoringAgents: ON,
    gatewayAPI: ON,
    gpuOperator: ON,
    velero: ON,
    verticalPodAutoscaler: {},
  }),
);
const upstream = folder ? readdirSync(folder).filter(file => file.endsWith('.json')) : [];
const facts = upstream.map(file => {
  const chart: unknown = JSON.parse(readFileSync(path.join(folder ?? '', file), 'utf8'));
  return { name: String(at(chart, 'chart')), chart };
});

describe.skipIf(!folder)(`the pinned charts${reason}`, () => {
  test.each(facts)('$name is in the catalogue, in the version these facts are of', ({ name, chart }) => {
    const [entry] = CHARTS.map(key => hikubeCatalog.charts[key]).filter(other => other.chart === name);
    // The facts are of a patch that is not the catalogue's: cert-manager v1.21.1 for v1.21.2.
    expect(minorOf(entry?.version)).toBe(minorOf(stringAt(chart, 'version')));
  });

  test.each(facts.filter(({ chart }) => stringAt(chart, 'kubeVersion')))(
    '$name accepts every minor the catalogue says it runs on',
    ({ name, chart }) => {
      const oldest = minorNumber(`v${/>=\s*([\d.]+)/.exec(stringAt(chart, 'kubeVersion') ?? '')?.[1]}`);
      const entry = CHARTS.map(key => hikubeCatalog.charts[key]).find(other => other.chart === name);
      const froms = entry ? versionsOf(entry).map(({ kubernetes }) => minorNumber(kubernetes?.from ?? 'v1.0')) : [];
      expect(oldest).toBeGreaterThan(0);
      for (const from of froms) expect(from).toBeGreaterThanOrEqual(oldest);
    },
  );

  test.each(facts.filter(({ chart }) => isObject(at(chart, 'schema'))))(
    'the values of $name are those its schema takes',
    ({ name, chart }) => {
      const validate = new Ajv({ strict: false, allErrors: true, validateFormats: false }).compile(schemaOf(chart));
      const own = releases.filter(({ source }) => source.chart === name);
      expect(own.length).toBeGreaterThan(0);
      for (const { values } of own) {
        const given = merged(objectAt(chart, 'values'), objectAt(values));
        expect(validate(given) ? [] : validate.errors).toEqual([]);
      }
    },
  );
});

test('our own chart accepts every minor the catalogue says it runs on', () => {
  const chart = readFileSync(new URL('../../package/charts/hikube-tenant/Chart.yaml', import.meta.url), 'utf8');
  const oldest = minorNumber(`v${/kubeVersion: "?>=\s*([\d.]+)/.exec(chart)?.[1]}`);
  expect(minorNumber(hikubeCatalog.charts.csi.kubernetes?.from ?? 'v1.0')).toBeGreaterThanOrEqual(oldest);
});

function minorOf(version: string | undefined): string | undefined {
  return version?.replace(/^v/, '').split('.').slice(0, 2).join('.');
}

/** Without the address of the dialect, which some charts write in a way Ajv does not know. */
function schemaOf(chart: unknown): JsonObject {
  const { $schema: _, ...schema } = objectAt(chart, 'schema');
  return schema;
}
