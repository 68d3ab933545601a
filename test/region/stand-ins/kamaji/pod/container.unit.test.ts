import { mkdtemp, rm } from 'node:fs/promises';
import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { createSupervisor, type Running, type Supervisor } from '../../../process.ts';
import { keepRunning } from './container.ts';
import type { Probe } from './plan.ts';

let dir: string;
let supervisor: Supervisor;
let told: string[];
let starts: number;

beforeEach(async () => {
  dir = await mkdtemp(join(tmpdir(), 'containers-'));
  told = [];
  starts = 0;
  supervisor = await createSupervisor({ logs: join(dir, 'logs'), log: () => undefined });
});
afterEach(async () => {
  await supervisor.stop();
  await rm(dir, { recursive: true });
});

const shell = (name: string, script: string) => () =>
  supervisor.start({ name, command: 'sh', args: ['-c', script], graceMs: 200 });
const counted = (start: () => Promise<Running>) => () => {
  starts += 1;
  return start();
};
const tell = (line: string) => void told.push(line);

test('a container that ends is started again alone, and says why it ended', async () => {
  const flag = join(dir, 'ran');
  const flawed = keepRunning(
    { name: 'flawed' },
    shell('flawed', `[ -e ${flag} ] && exec sleep 60; touch ${flag}; echo 'E0101 no etcd' >&2; exit 3`),
    tell,
  );
  const sibling = keepRunning({ name: 'sibling' }, counted(shell('sibling', 'exec sleep 60')), tell);
  await vi.waitFor(() => expect(flawed.state()).toMatchObject({ ready: false, restarts: 1 }), 5_000);
  expect(flawed.state().crashed).toBe('ended with 3: E0101 no etcd');
  expect(await flawed.ready()).toBe(false);
  await vi.waitFor(async () => expect(await flawed.ready()).toBe(true), 5_000);
  expect(flawed.state()).toEqual({ ready: true, restarts: 1 });
  expect(starts).toBe(1);
  await Promise.all([flawed.end('kill'), sibling.end('kill')]);
});

test('what is ended is not started again', async () => {
  const container = keepRunning({ name: 'one' }, counted(shell('one', 'exec sleep 60')), tell);
  await vi.waitFor(async () => expect(await container.ready()).toBe(true), 5_000);
  await container.end('stop');
  expect(await container.ready()).toBe(false);
  expect(starts).toBe(1);
});

test('a container is ready once its startup probe and then its readiness probe succeed, and is ended when liveness fails', async () => {
  const paths = new Set<string>();
  const asked: string[] = [];
  const server = createServer(({ url = '' }, response) => {
    asked.push(url);
    response.writeHead(paths.has(url) ? 200 : 500).end();
  });
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  const port = typeof address === 'object' ? address?.port : 0;
  const probe = (path: string): Probe => ({ url: `http://127.0.0.1:${port}${path}`, periodMs: 50, failures: 3 });
  const container = keepRunning(
    { name: 'probed', startup: probe('/start'), readiness: probe('/ready'), liveness: probe('/live') },
    shell('probed', 'exec sleep 60'),
    tell,
  );
  await vi.waitFor(async () => {
    expect(await container.ready()).toBe(false);
    expect(asked).toContain('/start');
  }, 5_000);
  expect(asked).not.toContain('/ready');
  for (const path of ['/start', '/ready', '/live']) paths.add(path);
  await vi.waitFor(async () => expect(await container.ready()).toBe(true), 5_000);
  expect(container.state().restarts).toBe(0);

  paths.delete('/live');
  await vi.waitFor(() => expect(container.state().restarts).toBe(1), 5_000);
  expect(told.join('\n')).toContain('its liveness probe failed 3 times');
  await container.end('kill');
  await new Promise(resolve => server.close(resolve));
});
