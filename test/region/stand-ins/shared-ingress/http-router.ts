import { createServer, request } from 'node:http';
import type { Socket } from 'node:net';
import { type Listening, listening } from '../nodes/network/sockets.ts';
import type { Backend, PlainRoute } from './routes.ts';

/** Listens for plain HTTP: sends a request on, or tells the client to come by TLS. */
export function startHttpRouter(
  route: (host: string, path: string) => PlainRoute | undefined,
  open: (backend: Backend) => Promise<Socket>,
): Promise<Listening> {
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
  return listening(server);
}
