import { createServer, request as httpRequest, type IncomingMessage, type ServerResponse } from 'node:http';
import { Socket as NetSocket, type Socket } from 'node:net';
import { join } from './sockets.ts';

type Open = (host: string, port: number) => Promise<Socket>;

/** An HTTP proxy, by CONNECT and for plain requests: the door through which processes enter a network. */
export async function startConnectProxy(open: Open): Promise<{ port: number; stop(): Promise<void> }> {
  const clients = new Set<NetSocket>();
  const server = createServer((request, response) => {
    passOn(open, request, response).catch((error: unknown) => response.writeHead(502).end(String(error)));
  });
  server.on('connect', (request, stream, head) => {
    if (!(stream instanceof NetSocket)) return;
    const client = stream;
    clients.add(client);
    client.once('close', () => clients.delete(client));
    client.on('error', () => client.destroy());
    const { hostname, port } = new URL(`tcp://${request.url ?? ''}`);
    open(hostname, Number(port)).then(
      target => {
        if (client.destroyed) {
          target.destroy();
          return;
        }
        client.write('HTTP/1.1 200 Connection established\r\n\r\n');
        if (head.length > 0) target.write(head);
        join(client, target);
      },
      (error: unknown) => client.end(`HTTP/1.1 502 Bad Gateway\r\n\r\n${String(error)}`),
    );
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(0, '127.0.0.1', resolve);
  });
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('cannot start the network: no port');
  return {
    port: address.port,
    stop() {
      for (const client of clients) client.destroy();
      server.closeAllConnections();
      return new Promise(resolve => server.close(() => resolve()));
    },
  };
}

/** A plain request as proxies get them: with the whole URL in its first line. */
async function passOn(open: Open, request: IncomingMessage, response: ServerResponse): Promise<void> {
  const { method = 'GET', headers, url = '' } = request;
  const { protocol, hostname, port, pathname, search } = new URL(url, 'proxy:');
  if (protocol !== 'http:') return void response.writeHead(400).end('a proxy is asked with a whole URL');
  const socket = await open(hostname, Number(port || 80));
  const { 'proxy-connection': _, ...own } = headers;
  const options = { method, path: pathname + search, headers: own, createConnection: () => socket };
  const onward = httpRequest(options, answer => {
    response.writeHead(answer.statusCode ?? 502, answer.headers);
    answer.pipe(response);
  });
  onward.on('error', () => response.destroy());
  request.pipe(onward);
}
