import { createServer, request } from 'node:http';
import type { Socket } from 'node:net';
import type { Backend, PlainRoute } from './routes.ts';
import type { Router } from './tls-router.ts';

/** Listens for plain HTTP: sends a request on, or tells the client to come by TLS. */
export async function startHttpRouter(
  route: (host: string, path: string) => PlainRoute | undefined,
  open: (backend: Backend) => Promise<Socket>,
): Promise<Router> {
  const server = createServer((incoming, response) => {
    const host = (incoming.headers.host ?? '').replace(/:\d+$/, '').toLowerCase();
    const { url = '/', method = 'GET', headers } = incoming;
    const found = route(host, url.replace(/\?.*$/, ''));
    if (!found) return void response.writeHead(404).end();
    if ('redirect' in found) return void response.writeHead(308, { location: `https://${host}${url}` }).end();
    open(found.backend)
      .then(socket => {
        const onward = request({ method, path: url, headers, createConnection: () => socket }, answer => {
          response.writeHead(answer.statusCode ?? 502, answer.headers);
          answer.pipe(response);
        });
        onward.on('error', () => response.destroy());
        incoming.pipe(onward);
      })
      .catch(() => response.writeHead(503).end());
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(0, '127.0.0.1', resolve);
  });
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('cannot start the shared ingress: no port');
  return {
    port: address.port,
    stop() {
      server.closeAllConnections();
      return new Promise(resolve => server.close(() => resolve()));
    },
  };
}
