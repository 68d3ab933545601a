import { Gauge } from 'prom-client';
import { expect, test } from 'vitest';
import { createMetrics, serveMetrics } from './metrics.ts';

test('a flood of requests for the metrics collects them once in a second', async () => {
  const metrics = createMetrics([]);
  let collected = 0;
  new Gauge({
    name: 'test_collections',
    help: 'How often the metrics were collected.',
    registers: [metrics.registry],
    collect() {
      collected += 1;
      this.set(collected);
    },
  });
  const { port, close } = await serveMetrics({ host: '127.0.0.1', port: 0 }, metrics, () => true);
  try {
    const started = performance.now();
    const pages = await Promise.all(Array.from({ length: 300 }, () => page(port)));
    const seconds = Math.floor((performance.now() - started) / 1000);
    expect(pages.every(text => text.includes('test_collections '))).toBe(true);
    expect(collected).toBeGreaterThan(0);
    expect(collected).toBeLessThanOrEqual(1 + seconds);
  } finally {
    close();
  }
});

async function page(port: number): Promise<string> {
  const response = await fetch(`http://127.0.0.1:${port}/metrics`);
  return response.text();
}
