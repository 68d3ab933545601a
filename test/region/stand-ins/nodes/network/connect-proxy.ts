import { createServer } from 'node:http';
import { Socket as NetSocket, type Socket } from 'node:net';
import { join } from './sockets.ts';

/** An HTTP proxy that knows CONNECT only: the door through which processes enter the Pod network. */
export async function startConnectProxy(
  open: (host: string, port: number) => Promise<Socket>,
): Promise<{ port: number; stop(): Promise<void> }> {
  const clients = new Set<NetSocket>();
  const server = createServer((_request, response) => response.writeHead(405).end());
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
