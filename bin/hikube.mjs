#!/usr/bin/env node
import { fileURLToPath } from 'node:url';
import { runTypeScript } from '../scripts/node.mjs';

runTypeScript(fileURLToPath(new URL('../src/cli/main.ts', import.meta.url)), process.argv.slice(2));
