import { readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { Script } from 'node:vm';

/**
 * Starts the bundled function beside it from compiled code kept in `function.cache`, which saves the third of a start
 * that is compiling. Node has a cache for this too, but keeps it in memory. Without the file, or with one of another
 * Node, the function starts all the same, only slower. `--write-cache` makes the file.
 */
const folder = dirname(process.argv[1] ?? '');
const file = join(folder, 'function.cjs');
const cacheFile = join(folder, 'function.cache');

const script = compile();
if (process.argv[2] === '--write-cache') writeCache();
run();

function compile(): Script {
  // The bundle is ASCII; read as such, each character takes one byte of memory for as long as the process lives.
  const source = `(function (exports, require, module, __filename, __dirname) {${readFileSync(file, 'latin1')}\n})`;
  const cachedData = readCache();
  return new Script(source, { filename: file, ...(cachedData && { cachedData }) });
}

function readCache(): Buffer | undefined {
  try {
    return readFileSync(cacheFile);
  } catch {
    return undefined;
  }
}

function run(): void {
  const main: unknown = script.runInThisContext();
  const module = { exports: {} };
  if (typeof main === 'function') main(module.exports, createRequire(file), module, file, folder);
}

/** Serves for a moment, so that the functions a start needs are compiled by the time the code is written. */
function writeCache(): void {
  process.argv.splice(2, 1, '--insecure', '--address', '127.0.0.1', '--port', '0', '--metrics-port', '0');
  setTimeout(() => {
    writeFileSync(cacheFile, script.createCachedData());
    process.exit(0);
  }, 700);
}
