import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

export const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '..');

/** Installs the locked dependencies unless they are there already; runs on any Node from 20 on, before anything is installed. */
export function install() {
  const lock = createHash('sha256')
    .update(readFileSync(path.join(root, 'package-lock.json')))
    .digest('hex');
  const marker = path.join(root, 'node_modules', '.hikube-lock');
  if (existsSync(marker) && readFileSync(marker, 'utf8') === lock) return;
  console.error('installing npm packages …');
  const { status } = spawnSync('npm', ['ci', '--no-audit', '--no-fund'], { cwd: root, stdio: ['ignore', 2, 2] });
  if (status !== 0) fail(`cannot install npm packages: npm ci exited with ${status}`);
  writeFileSync(marker, lock);
}

export function fail(message) {
  console.error(message);
  process.exit(1);
}
