import { expect, test } from 'vitest';
import { clusterSpec } from '../../src/api/v1alpha1/cluster.ts';
import { hikubeCatalog } from '../../src/catalog/index.ts';
import { check } from '../../src/cli/input/check.ts';
import { describeFinding } from '../../src/plan/finding.ts';
import { sampleClaims } from './claims.ts';
import { placesIn, placesOf } from './places.ts';
import { offeredVersions, valuesOf } from './values.ts';

/** Laws do not age. */
const NOW = new Date('2026-11-25T00:00:00Z');
const claims = sampleClaims(500, hikubeCatalog);
const text = JSON.stringify(claims);

test('every field of the claim is generated, those of next year too', () => {
  const used = new Set(claims.flatMap(claim => placesIn(clusterSpec, claim.spec ?? {}).map(({ place }) => place)));
  expect(placesOf(clusterSpec).filter(place => !used.has(place))).toEqual([]);
});

test('every place with values of its own is one of the schema', () => {
  const places = placesOf(clusterSpec);
  expect(Object.keys(valuesOf(hikubeCatalog)).filter(place => !places.includes(place))).toEqual([]);
});

test.each([
  ['version', offeredVersions(hikubeCatalog)],
  ['instance type', Object.keys(hikubeCatalog.instanceTypes)],
  ['GPU, by device and alias', hikubeCatalog.gpus.flatMap(({ device, aliases }) => [device, ...aliases])],
  ['zone', hikubeCatalog.zones],
  ['storage class', Object.keys(hikubeCatalog.storageClasses)],
  ['preset', Object.keys(hikubeCatalog.presets)],
])('every %s of the catalogue is generated', (_, names) => {
  expect(names.filter(name => !text.includes(JSON.stringify(name)))).toEqual([]);
});

test('every generated claim is accepted', () => {
  const refused = claims.flatMap(object =>
    check({ origin: 'generated', content: object, object }, hikubeCatalog, NOW).errors.map(
      problem => `${describeFinding(problem)}\n  of ${JSON.stringify(object)}`,
    ),
  );
  expect(refused.slice(0, 5)).toEqual([]);
});

test('the same claims are generated every time', () => {
  expect(sampleClaims(20, hikubeCatalog)).toEqual(claims.slice(0, 20));
});
