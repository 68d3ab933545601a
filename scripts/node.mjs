import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { constants } from 'node:os';
import { fileURLToPath } from 'node:url';

/**
 * Runs a TypeScript file with a Node that runs TypeScript, and ends as it ends. Itself it needs no more than Node 20,
 * so it is what package.json and `bin/` start.
 *
 * @param {string} file path of the TypeScript file
 * @param {readonly string[]} args arguments passed on
 */
export function runTypeScript(file, args) {
  const child = spawn(nodeBinary(), ['--disable-warning=ExperimentalWarning', file, ...args], { stdio: 'inherit' });
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) {
    process.on(signal, () => {
      // A terminal sends Ctrl-C to the child by itself, and a second one means "at once" to some programs.
      if (signal !== 'SIGINT' || !process.stdin.isTTY) child.kill(signal);
    });
  }
  child.once('error', error => {
    console.error(`cannot run ${file}: ${error.message}`);
    process.exit(1);
  });
  child.once('exit', (code, signal) => process.exit(code ?? 128 + constants.signals[signal ?? 'SIGKILL']));
}

/** The repository's own Node, or the running one if it is new enough. */
export function nodeBinary() {
  const own = fileURLToPath(new URL('../node_modules/node/bin/node', import.meta.url));
  if (existsSync(own)) return own;
  const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);
  if (major > 22 || (major === 22 && minor >= 19)) return process.execPath;
  console.error(`cannot run TypeScript with Node ${process.versions.node}: run "npm ci", which brings Node 24`);
  process.exit(1);
}
