import { spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

const remedy = 'install it from https://go.dev/dl/ and put it on the PATH';
const downloadAttempts = 5;

/** Version of the Go that builds the module in this folder, as in `go1.26.8`; fails when it is missing or too old. */
export async function goVersion(dir: string): Promise<string> {
  const needed = /^go (\S+)$/m.exec(readFileSync(join(dir, 'go.mod'), 'utf8'))?.[1] ?? '1.26';
  let found: string;
  try {
    found = (await go(dir, ['env', 'GOVERSION'])).trim();
  } catch (error) {
    if (!isMissing(error)) throw error;
    throw new Error(`cannot build the region's programs: Go ${needed} or newer is not installed; ${remedy}`);
  }
  if (older(found.replace(/^go/, ''), needed)) {
    throw new Error(`cannot build the region's programs: Go ${needed} or newer is needed, found ${found}; ${remedy}`);
  }
  return found;
}

/** Runs a go command and returns its standard output; the error carries the last lines of what it printed. */
export function go(dir: string, args: string[]): Promise<string> {
  return new Promise((resolve, reject) => {
    // Own settings only: what a user has put into GOFLAGS or a go.work above would change the result.
    const env = { ...process.env, CGO_ENABLED: '0', GOFLAGS: '-buildvcs=false', GOWORK: 'off' };
    const child = spawn('go', args, { cwd: dir, env, stdio: ['ignore', 'pipe', 'pipe'] });
    const end = () => child.kill();
    process.once('exit', end);
    let output = '';
    let errors = '';
    child.stdout.setEncoding('utf8').on('data', (text: string) => {
      output += text;
    });
    child.stderr.setEncoding('utf8').on('data', (text: string) => {
      errors += text;
    });
    child.on('error', reject);
    child.on('close', code => {
      process.removeListener('exit', end);
      if (code === 0) resolve(output);
      else reject(new Error(`cannot run go ${args[0]} in ${dir}: ${lastLines(errors || output)}`));
    });
  });
}

/** Like `go`, for commands that download modules: proxies fail now and then, so it tries a few times. */
export async function goDownload(dir: string, args: string[], log: (line: string) => void): Promise<string> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await go(dir, args);
    } catch (error) {
      if (isMissing(error) || attempt === downloadAttempts) throw error;
      log(`download failed, trying again (${attempt} of ${downloadAttempts - 1}): ${String(error)}`);
      await sleep(attempt * 2000);
    }
  }
}

function lastLines(text: string): string {
  const lines = text.split('\n').filter(line => line && !line.startsWith('go: downloading'));
  return lines.slice(-8).join('\n');
}

function isMissing(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === 'ENOENT';
}

function older(found: string, needed: string): boolean {
  const a = found.split('.').map(part => Number.parseInt(part, 10));
  const b = needed.split('.').map(part => Number.parseInt(part, 10));
  for (const [i, part] of b.entries()) {
    const difference = (a[i] ?? 0) - part;
    if (difference !== 0) return difference < 0;
  }
  return false;
}
