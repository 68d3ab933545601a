import { globSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';

const charts = path.resolve(import.meta.dirname, '../../package/charts');
const templates = globSync('*/templates/*', { cwd: charts }).sort();

/** Actions that write nothing. */
const SILENT = /^(if|else|end|with|range|define|fail|\/\*|\$\w+ :?=)/;
/** Ways to write a value that can be nothing but a value, whatever is in it. */
const SAFE = [/\| quote$/, /\| int$/, /^toYaml \S+ \| nindent \d+$/, /^include "\S+" \S+ \| nindent \d+$/];

test.each(templates)('%s writes every value so that it stays one', file => {
  const text = readFileSync(path.join(charts, file), 'utf8');
  const actions = [...text.matchAll(/\{\{-?\s*([\s\S]*?)\s*-?\}\}/g)].map(match => match[1] ?? '');
  expect(actions.length).toBeGreaterThan(0);
  expect(actions.filter(action => !SILENT.test(action) && !SAFE.some(form => form.test(action)))).toEqual([]);
});

test('what our charts run on every node tolerates every taint', () => {
  const daemons = templates
    .map(file => readFileSync(path.join(charts, file), 'utf8'))
    .filter(text => /^kind: DaemonSet$/m.test(text));
  expect(daemons.length).toBeGreaterThan(0);
  for (const text of daemons) expect(text).toMatch(/^ {6}tolerations:\n {8}- operator: Exists$/m);
});
