import { execFileSync } from 'node:child_process';
import { globSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { parseAllDocuments } from 'yaml';
import { isObject } from '../../src/base/json.ts';
import { agesOf } from '../../src/catalog/age.ts';
import { released } from '../../src/catalog/defaults/released.ts';
import { hikubeCatalog } from '../../src/catalog/index.ts';
import { wrongReferences } from '../../src/catalog/references.ts';
import { image } from '../../src/catalog/schema/values.ts';
import { asOf } from '../../src/plan/version-life.ts';
import { appliedObjects } from '../../src/simulate/applied.ts';
import { simulate } from '../../src/simulate/index.ts';

const root = path.resolve(import.meta.dirname, '../..');
/** Fails on the day something has to be done about the catalogue, and not before. */
const today = new Date();

describe('the catalogue of today', () => {
  test('starts no cluster on a minor without security fixes', () => {
    const { versions, defaultVersion } = asOf(hikubeCatalog, today);
    expect(versions[defaultVersion]?.state).toBe('supported');
  });

  test.each(Object.entries(hikubeCatalog.versions))(
    'has for %s its own autoscaler and its own node image',
    (minor, entry) => {
      expect(entry.autoscaler).toMatch(new RegExp(`:${minor.replace('.', '\\.')}\\.\\d+$`));
      expect(entry.nodeImage.endsWith(`:${entry.patch}`)).toBe(true);
    },
  );

  test('fits together', () => expect(wrongReferences(hikubeCatalog)).toEqual([]));

  test('tells of no release that it does not offer, and of none from the future', () => {
    const entries = agesOf(hikubeCatalog, released, today);
    const names = entries.map(({ name, version }) => `${name} ${version}`);
    expect(Object.keys(released).filter(name => !names.includes(name))).toEqual([]);
    for (const { name, days } of entries) if (days !== undefined) expect(days, name).toBeGreaterThanOrEqual(0);
  });

  test('knows the age of every Kubernetes it offers', () => {
    const patches = agesOf(hikubeCatalog, released, today).filter(({ name }) => name === 'kubernetes');
    expect(patches).toHaveLength(Object.keys(hikubeCatalog.versions).length);
    expect(patches.filter(({ days }) => days === undefined)).toEqual([]);
  });

  test('npm run catalog:age lists every entry', () => {
    const output = execFileSync(process.execPath, ['scripts/run.mjs', 'scripts/catalog-age.ts'], {
      cwd: root,
      encoding: 'utf8',
    });
    const lines = output.trim().split('\n');
    expect(lines).toHaveLength(agesOf(hikubeCatalog, released, today).length);
    expect(lines.find(line => line.startsWith('gateway-api'))).toMatch(/1\.4\.1 +\d+ days, 2025-12-04$/);
    expect(lines.find(line => line.startsWith('fluent-bit'))).toMatch(/unknown$/);
  });

  test('Kubernetes patches and charts with a known day say how old they are', () => {
    const [first] = agesOf(hikubeCatalog, released, new Date('2026-11-25'));
    expect(first).toEqual({ name: 'kubernetes', version: 'v1.30.14', released: '2025-06-18', days: 525 });
  });
});

test.each(globSync('examples/**/*.yaml', { cwd: root }).sort())('nothing that floats is rendered for %s', file => {
  const objects = parseAllDocuments(readFileSync(path.join(root, file), 'utf8'))
    .map(document => document.toJS())
    .filter(document => isObject(document) && ['HikubeCluster', 'HikubePlatform'].includes(String(document.kind)))
    .flatMap(document => simulate(document, hikubeCatalog).flatMap(appliedObjects));
  const found = objects.flatMap(imagesOf);
  const clusters = objects.some(({ kind }) => kind === 'KamajiControlPlane');
  if (clusters) expect(found.length).toBeGreaterThan(8);
  expect(found.filter(text => !image.safeParse(text).success)).toEqual([]);
});

/** Images of containers and node disks, wherever they stand. */
function imagesOf(value: unknown): string[] {
  if (Array.isArray(value)) return value.flatMap(imagesOf);
  if (!isObject(value)) return [];
  return Object.entries(value).flatMap(([key, entry]) => {
    if (typeof entry !== 'string')
      return key === 'images' && isObject(entry) ? Object.values(entry).flatMap(texts) : imagesOf(entry);
    if (key === 'image') return [entry];
    return key === 'url' && entry.startsWith('docker://') ? [entry.slice('docker://'.length)] : [];
  });
}

function texts(value: unknown): string[] {
  return typeof value === 'string' && value.includes('/') ? [value] : imagesOf(value);
}
