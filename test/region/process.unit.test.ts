import { execFileSync, spawn } from 'node:child_process';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { createSupervisor, type Supervisor } from './process.ts';

let dir: string;
let told: string[];
let supervisor: Supervisor;

beforeEach(async () => {
  dir = await mkdtemp(join(tmpdir(), 'supervisor-'));
  told = [];
  supervisor = await createSupervisor({ logs: dir, log: line => told.push(line) });
});
afterEach(async () => {
  await supervisor.stop();
  await rm(dir, { recursive: true });
});

const shell = (name: string, script: string) => ({ name, command: 'sh', args: ['-c', script] });

test('a process that ends before it is ready is reported with its last lines', async () => {
  const started = supervisor.start({ ...shell('flawed', 'echo bad flag >&2; exit 3'), ready: async () => false });
  await expect(started).rejects.toThrow(/cannot start flawed: flawed ended with 3; last lines of .*bad flag/s);
});

test('a want of file watchers is told with its remedy', async () => {
  const started = supervisor.start({
    ...shell('greedy', 'echo too many open files; exit 1'),
    ready: async () => false,
  });
  await expect(started).rejects.toThrow('fs.inotify.max_user_instances');
});

test('a program that does not exist is reported by its name', async () => {
  const started = supervisor.start({ name: 'none', command: '/no/such/program', args: [], ready: async () => false });
  await expect(started).rejects.toThrow('/no/such/program');
});

test('a process that ends unasked later is told with its last lines', async () => {
  const running = await supervisor.start(shell('brief', 'echo out of disk; sleep 0.1; exit 1'));
  await running.exited;
  await expect.poll(() => told.join()).toContain('out of disk');
});

test('a process that ignores SIGTERM is killed after its grace time, without a word', async () => {
  const deaf = await supervisor.start({ ...shell('deaf', "trap '' TERM; while :; do sleep 0.1; done"), graceMs: 200 });
  await delay(100);
  await deaf.stop();
  expect(isAlive(deaf.pid)).toBe(false);
  expect(told).toEqual([]);
});

test('nothing of our environment reaches a process beside PATH and HOME', async () => {
  const running = await supervisor.start({ ...shell('env', 'env'), env: { ASKED: 'yes' } });
  await running.exited;
  const names = (await readFile(running.logFile, 'utf8')).split('\n').map(line => line.split('=')[0]);
  expect(names).toContain('ASKED');
  expect(names).not.toContain('VITEST');
});

test('a process ends even when its region is killed and cannot end it', async () => {
  const script = `
    import { createSupervisor } from ${JSON.stringify(join(import.meta.dirname, 'process.ts'))};
    const supervisor = await createSupervisor({ logs: ${JSON.stringify(dir)}, log: () => undefined });
    const running = await supervisor.start({ name: 'orphan', command: 'sleep', args: ['60'] });
    console.log(running.pid);
    setInterval(() => undefined, 1000);`;
  const region = spawn(process.execPath, ['--input-type=module-typescript', '-e', script], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const pid = await new Promise<number>(resolve => region.stdout.once('data', data => resolve(Number(data))));
  expect(isAlive(pid)).toBe(true);
  region.kill('SIGKILL');
  await expect.poll(() => isAlive(pid), { timeout: 5_000 }).toBe(false);
});

/** A killed process may stay a zombie until its new parent has looked. */
function isAlive(pid: number): boolean {
  try {
    return !execFileSync('ps', ['-o', 'stat=', '-p', String(pid)], { encoding: 'utf8' }).startsWith('Z');
  } catch {
    return false;
  }
}
