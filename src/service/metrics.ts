import { createServer, type Server } from 'node:http';
import type { Registry } from 'prom-client';
import { keptFor } from './kept-for.ts';

/** How long a page is served again: shorter than any interval at which metrics are collected. */
const PAGE_MILLISECONDS = 1000;

/**
 * Serves the metrics of a registry at `/metrics`, and `/healthz` for probes, which cannot present a client certificate
 * to a port with mutual TLS.
 *
 * @param address port 0 lets the system choose
 * @param healthy whether new work should come
 * @throws Error when the address cannot be bound
 */
export async function serveMetrics(
  address: { host: string; port: number },
  registry: Registry,
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
  const port = await listen(server, address);
  return {
    port,
    close() {
      server.close();
      server.closeAllConnections();
    },
  };
}

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
