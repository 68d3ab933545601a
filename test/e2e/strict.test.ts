import { globSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { parseAllDocuments } from 'yaml';
import { isObject } from '../../src/base/json.ts';
import { hikubeCatalog } from '../../src/catalog/index.ts';
import { appliedObjects } from '../../src/simulate/applied.ts';
import { simulate } from '../../src/simulate/index.ts';
import type { Kube } from '../region/kube.ts';
import { admin } from './support/region.ts';

const EXAMPLES = path.resolve(import.meta.dirname, '../../examples');
const files = globSync('**/*.yaml', { cwd: EXAMPLES }).sort();

// The real API server with the real definitions and webhooks judges; nothing is stored.
describe('every rendered object passes strict validation', () => {
  let kube: Kube;
  beforeAll(async () => {
    kube = admin();
    await kube.apply({ apiVersion: 'v1', kind: 'Namespace', metadata: { name: 'acme' } });
  });
  afterAll(() => kube.close());

  test.each(files)('%s', async file => {
    const documents = parseAllDocuments(readFileSync(path.join(EXAMPLES, file), 'utf8')).map(document =>
      document.toJS(),
    );
    const ours = documents.filter(
      document => isObject(document) && ['HikubeCluster', 'HikubePlatform'].includes(String(document.kind)),
    );
    const objects = ours.flatMap(document => [document, ...simulate(document, hikubeCatalog).flatMap(appliedObjects)]);
    expect(objects.length).toBeGreaterThan(10);
    const refusals: string[] = [];
    for (const object of objects) {
      const work = kube.apply(object, { fieldValidation: 'Strict', dryRun: true, fieldManager: 'conformance' });
      await work.catch(error => refusals.push(`${object.kind} ${object.metadata.name}: ${error.message}`));
    }
    expect(refusals).toEqual([]);
  });
});
