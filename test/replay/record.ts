import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { parse } from 'yaml';
import { hikubeCatalog } from '../../src/catalog/index.ts';
import { simulate } from '../../src/simulate/index.ts';

// `node scripts/run.mjs test/replay/record.ts NAME`, run in the checkout of a release, writes down what its function saw of
// some examples once all was ready. Later functions are held to it by replay.test.ts.
const EXAMPLES = ['quick-start', 'gpu-alias'];

const [name] = process.argv.slice(2);
if (!name) throw new Error('cannot record: name the release, for example v0.1.0');
const recorded = EXAMPLES.flatMap(example => {
  const file = path.join(import.meta.dirname, '../../examples', `${example}.yaml`);
  return simulate(parse(readFileSync(file, 'utf8')), hikubeCatalog).map(({ kind, input }) => ({
    example,
    kind,
    composite: input.composite,
    observed: Object.fromEntries(input.observed),
    required: Object.fromEntries(input.required),
  }));
});
writeFileSync(path.join(import.meta.dirname, `${name}.json`), `${JSON.stringify(recorded)}\n`);
