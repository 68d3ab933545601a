#!/usr/bin/env node
import { fileURLToPath } from 'node:url';
import { runTypeScript } from '../scripts/node.mjs';

// Half of a start is reading TypeScript; Node remembers it from one start to the next.
process.env.NODE_COMPILE_CACHE ??= fileURLToPath(new URL('../node_modules/.cache/hikube', import.meta.url));
runTypeScript(fileURLToPath(new URL('../src/cli/main.ts', import.meta.url)), process.argv.slice(2));
