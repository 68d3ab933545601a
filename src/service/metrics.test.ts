import { Gauge, Registry } from 'prom-client';
import { afterEach, describe, expect, test } from 'vitest';
import { serveMetrics } from './metrics.ts';

const closing: (() => void)[] = [];
afterEach(() => {
  for (const close of closing.splice(0)) close();
});

/** Serves a registry with one gauge that tells how often it was collected. */
async function serving({ healthy = (): boolean => true, collect = () => {} } = {}) {
  const registry = new Registry();
  let collected = 0;
  new Gauge({
    name: 'test_collections',
    help: 'How often the metrics were collected.',
    registers: [registry],
    collect() {
      collect();
      collected += 1;
      this.set(collected);
    },
  });
  const { port, close } = await serveMetrics({ host: '127.0.0.1', port: 0 }, registry, healthy);
  closing.push(close);
  const get = async (path: string) => {
    const response = await fetch(`http://127.0.0.1:${port}${path}`);
    return { status: response.status, text: await response.text() };
  };
  return { port, get, collected: () => collected };
}

test('a flood of requests for the metrics collects them once in a second', async () => {
  const { get, collected } = await serving();
  const started = performance.now();
  const pages = await Promise.all(Array.from({ length: 300 }, () => get('/metrics?name[]=any')));
  const seconds = Math.floor((performance.now() - started) / 1000);
  expect(pages.every(({ text }) => text.includes('test_collections '))).toBe(true);
  expect(collected()).toBeGreaterThan(0);
  expect(collected()).toBeLessThanOrEqual(1 + seconds);
});

describe('whoever asks', () => {
  test('for health is told whether new work should come', async () => {
    let healthy = true;
    const { get } = await serving({ healthy: () => healthy });
    expect(await get('/healthz')).toEqual({ status: 200, text: 'ok\n' });
    healthy = false;
    expect(await get('/healthz')).toEqual({ status: 503, text: 'draining\n' });
  });

  test('for something else is told that there is none', async () => {
    expect(await (await serving()).get('/')).toEqual({ status: 404, text: 'not found\n' });
  });

  test('for metrics is told when they cannot be collected, without the reason', async () => {
    const collect = () => {
      throw new Error('a secret');
    };
    const { get } = await serving({ collect });
    expect(await get('/metrics')).toEqual({ status: 500, text: 'cannot collect metrics\n' });
  });
});

test('an address in use is an error that names it', async () => {
  const { port } = await serving();
  const again = serveMetrics({ host: '127.0.0.1', port }, new Registry(), () => true);
  await expect(again).rejects.toThrow(`cannot serve metrics on 127.0.0.1 port ${port}`);
});
