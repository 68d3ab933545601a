#!/usr/bin/env node
import crypto from 'node:crypto';
import module, { createRequire } from 'node:module';
import { fileURLToPath } from 'node:url';
import { cliBundle } from '../scripts/cli-bundle.mjs';
import { runTypeScript } from '../scripts/node.mjs';

const at = path => fileURLToPath(new URL(path, import.meta.url));
// Node remembers what it compiled from one start to the next.
const cache = at('../node_modules/.cache/hikube');
// One file in this process starts in a fraction of the time that the sources in a newer Node take (docs/benchmarks.md).
const bundle = crypto.hash && (await cliBundle());
if (bundle) {
  module.enableCompileCache?.(cache);
  createRequire(import.meta.url)(bundle);
} else {
  process.env.NODE_COMPILE_CACHE ??= cache;
  runTypeScript(at('../src/cli/main.ts'), process.argv.slice(2));
}
