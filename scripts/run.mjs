import { runTypeScript } from './node.mjs';

const [file, ...args] = process.argv.slice(2);
if (!file) {
  console.error('usage: node scripts/run.mjs FILE.ts [ARGUMENT…]');
  process.exit(2);
}
runTypeScript(file, args);
