import { describe, expect, test } from 'vitest';
import { addons } from '../../../api/v1alpha1/addons.ts';
import type { Json, JsonObject } from '../../../base/json.ts';
import { hikubeCatalog, parseCatalog } from '../../../catalog/index.ts';
import { rawOverrides } from './overrides.ts';
import { checkTemplates } from './templates.ts';

const BOMB = '{{ repeat 1000000000 "a" }}';
const found = (addon: string, value: JsonObject, catalog = hikubeCatalog) =>
  checkTemplates({ addons: { [addon]: { valuesOverride: value } } }, catalog).map(
    ({ code, path }) => `${code} ${path}`,
  );
const allowing = (...charts: string[]) =>
  parseCatalog({
    apiVersion: 'fn.hikube.cloud/v1alpha1',
    kind: 'Catalog',
    charts: Object.fromEntries(charts.map(chart => [chart, { templates: true }])),
  });

/** Add-ons of the claim's own schema that take an override. */
const overridable = Object.entries(addons.shape).flatMap(([addon, schema]) =>
  'valuesOverride' in schema.unwrap().shape ? [addon] : [],
);

test.each(overridable)('a template action in an override of %s is refused', addon => {
  expect(found(addon, { config: BOMB })).toEqual([`TemplateInOverride spec.addons.${addon}.valuesOverride.config`]);
});

test('every override of the schema is looked at, and no other', () => {
  const spec = { addons: Object.fromEntries(overridable.map(addon => [addon, { valuesOverride: {} }])) };
  expect(rawOverrides(spec).map(({ path }) => path)).toEqual(
    overridable.map(addon => `spec.addons.${addon}.valuesOverride`).sort(),
  );
});

describe('it is found', () => {
  test.each<[string, JsonObject, string]>([
    ['in a text', { a: { b: `before ${BOMB}` } }, '.a.b'],
    ['in a list', { a: ['x', { b: BOMB }] }, '.a[1].b'],
    ['in a name', { a: { [BOMB]: 1 } }, `.a.${BOMB}`],
    ['without an end, which another value may bring', { a: '{{' }, '.a'],
  ])('%s', (_, value, place) => {
    expect(found('cilium', value)).toEqual([`TemplateInOverride spec.addons.cilium.valuesOverride${place}`]);
  });
});

test.each<Json>(['{ {', '}}', '{"a": {"b": 1}}', '%{x}'])('%s is no template action', text => {
  expect(found('cilium', { a: text })).toEqual([]);
});

test('a platform may allow them for a chart', () => {
  expect(found('velero', { a: BOMB }, allowing('velero'))).toEqual([]);
  expect(found('cilium', { a: BOMB }, allowing('velero'))).toHaveLength(1);
});

test('an override that reaches several charts needs all of them to allow it', () => {
  const some = ['fluent-bit', 'node-exporter', 'kube-state-metrics'];
  expect(found('monitoringAgents', { fluentBit: { a: BOMB } }, allowing(...some))).toHaveLength(1);
  expect(found('monitoringAgents', { fluentBit: { a: BOMB } }, allowing(...some, 'gpu-operator'))).toEqual([]);
});
