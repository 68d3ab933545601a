import { createServer } from 'node:http';
import { Socket as NetSocket, type Socket } from 'node:net';
import { join, type Listening, listening } from './sockets.ts';

/** An HTTP proxy that knows CONNECT only: the door through which processes enter the Pod network. */
export function startConnectProxy(open: (host: string, port: number) => Promise<Socket>): Promise<Listening> {
  const server = createServer((_request, response) => response.writeHead(405).end());
  server.on('connect', (request, stream, head) => {
    if (!(stream instanceof NetSocket)) return;
    const client = stream;
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
  return listening(server);
}
