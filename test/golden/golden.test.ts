import { globSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { parseAllDocuments } from 'yaml';
import { isObject } from '../../src/base/json.ts';
import { toYamlStream } from '../../src/base/yaml.ts';
import { hikubeCatalog } from '../../src/catalog/index.ts';
import { appliedObjects } from '../../src/simulate/applied.ts';
import { simulate } from '../../src/simulate/index.ts';

const EXAMPLES = path.resolve(import.meta.dirname, '../../examples');
const files = globSync('**/*.yaml', { cwd: EXAMPLES }).sort();

/** Claims and platforms of an example. */
function composites(file: string) {
  const documents = parseAllDocuments(readFileSync(path.join(EXAMPLES, file), 'utf8')).map(document => document.toJS());
  return documents.filter(
    document => isObject(document) && ['HikubeCluster', 'HikubePlatform'].includes(String(document.kind)),
  );
}

// A change here is a change in what tenants run: look at it, then `npm run goldens` writes it down.
describe('what Crossplane applies for', () => {
  test.each(files)('%s', async file => {
    const objects = composites(file).flatMap(claim => simulate(claim, hikubeCatalog).flatMap(appliedObjects));
    expect(objects.length).toBeGreaterThan(10);
    await expect(toYamlStream(objects)).toMatchFileSnapshot(path.join(import.meta.dirname, file.replaceAll('/', '-')));
  });
});
