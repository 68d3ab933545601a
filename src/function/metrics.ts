import { createServer, type Server } from 'node:http';
import { Counter, Histogram, Registry } from 'prom-client';
import { keptFor } from '../service/kept-for.ts';
import { registerProcessMetrics } from '../service/process-metrics.ts';
import type { Call } from './function.ts';

export interface Metrics {
  registry: Registry;
  record(call: Call): void;
}

/**
 * What the function measures. Labels come from small closed sets: a kind is named only if it is one of `kinds`.
 */
export function createMetrics(kinds: readonly string[]): Metrics {
  const registry = new Registry();
  const registers = [registry];
  registerProcessMetrics(registry);
  const calls = new Counter({
    name: 'hikube_function_calls_total',
    help: 'Calls of RunFunction by kind of the composite and result (ok, fatal, error, malformed).',
    labelNames: ['kind', 'result'],
    registers,
  });
  const duration = new Histogram({
    name: 'hikube_function_duration_seconds',
    help: 'Time from the received bytes of a request to the bytes of its response.',
    labelNames: ['kind'],
    buckets: [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5],
    registers,
  });
  const requestSize = new Histogram({
    name: 'hikube_function_request_bytes',
    help: 'Size of encoded requests.',
    labelNames: ['kind'],
    buckets: SIZES,
    registers,
  });
  const responseSize = new Histogram({
    name: 'hikube_function_response_bytes',
    help: 'Size of encoded responses; Crossplane takes at most 4 MiB.',
    labelNames: ['kind'],
    buckets: SIZES,
    registers,
  });
  const composed = new Histogram({
    name: 'hikube_function_composed_objects',
    help: 'Objects a composite is composed of; more than 40 make its circuit breaker likely to open.',
    labelNames: ['kind'],
    buckets: [1, 5, 10, 20, 30, 40, 60, 100],
    registers,
  });
  return {
    registry,
    record(call) {
      const kind = kinds.includes(call.kind) ? call.kind : 'unknown';
      calls.inc({ kind, result: call.result });
      duration.observe({ kind }, call.seconds);
      requestSize.observe({ kind }, call.requestBytes);
      responseSize.observe({ kind }, call.responseBytes);
      if (call.result === 'ok') composed.observe({ kind }, call.composed);
    },
  };
}

/** How long a page is served again: shorter than any interval at which metrics are collected. */
const PAGE_MILLISECONDS = 1000;

/**
 * Serves `/metrics`, and `/healthz` for probes, which cannot present a client certificate to the gRPC port.
 *
 * @throws Error when the address cannot be bound
 */
export async function serveMetrics(
  options: { host: string; port: number },
  { registry }: Metrics,
  healthy: () => boolean,
): Promise<{ port: number; close(): void }> {
  // Calls wait while a page is made, so a flood of requests must not make one each.
  const page = keptFor(PAGE_MILLISECONDS, async () => Buffer.from(await registry.metrics()));
  const server = createServer((request, response) => {
    const path = request.url?.split('?')[0];
    if (path === '/healthz') {
      response.writeHead(healthy() ? 200 : 503).end(healthy() ? 'ok\n' : 'draining\n');
      return;
    }
    if (path !== '/metrics') {
      response.writeHead(404).end('not found\n');
      return;
    }
    page().then(
      text => response.writeHead(200, { 'content-type': registry.contentType }).end(text),
      () => response.writeHead(500).end('cannot collect metrics\n'),
    );
  });
  const port = await listen(server, options);
  return {
    port,
    close() {
      server.close();
      server.closeAllConnections();
    },
  };
}

const SIZES = [1, 4, 16, 64, 256, 1024, 4096, 16384].map(kib => kib * 1024);

function listen(server: Server, { host, port }: { host: string; port: number }): Promise<number> {
  return new Promise((resolve, reject) => {
    server.once('error', cause => {
      reject(new Error(`cannot serve metrics on ${host} port ${port}: ${cause.message}`, { cause }));
    });
    server.listen(port, host, () => {
      const address = server.address();
      resolve(typeof address === 'object' && address ? address.port : port);
    });
  });
}
