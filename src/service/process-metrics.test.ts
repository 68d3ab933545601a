import { Registry } from 'prom-client';
import { expect, test } from 'vitest';
import { registerProcessMetrics } from './process-metrics.ts';

test.each([
  ['process_cpu_seconds_total', 0.001, 1e6],
  ['process_start_time_seconds', Date.parse('2026-01-01') / 1000, Date.now() / 1000 + 1],
  ['process_resident_memory_bytes', 2 ** 20, 2 ** 40],
  ['nodejs_heap_size_used_bytes', 2 ** 20, 2 ** 40],
  ['nodejs_eventloop_utilization_ratio', 0, 1],
])('%s is measured, in its unit, whenever it is asked for', async (name, least, most) => {
  const registry = new Registry();
  registerProcessMetrics(registry);
  for (let time = 0; time < 2; time += 1) {
    const value = (await registry.getSingleMetric(name)?.get())?.values[0]?.value;
    expect(value).toBeGreaterThanOrEqual(least);
    expect(value).toBeLessThanOrEqual(most);
  }
});
