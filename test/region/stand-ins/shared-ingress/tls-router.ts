import { createServer, type Socket } from 'node:net';
import { join } from '../nodes/network/sockets.ts';
import { serverName } from './client-hello.ts';

/** A listening router. */
export interface Router {
  port: number;
  stop(): Promise<void>;
}

/** Listens for TLS and joins each client, untouched, with what `open` connects the name it asks for to. */
export async function startTlsRouter(open: (host: string) => Promise<Socket> | undefined): Promise<Router> {
  const clients = new Set<Socket>();
  const server = createServer(client => {
    clients.add(client);
    client.setNoDelay(true);
    client.once('close', () => clients.delete(client));
    client.on('error', () => client.destroy());
    let greeting = Buffer.alloc(0);
    const read = (chunk: Buffer): void => {
      greeting = Buffer.concat([greeting, chunk]);
      const name = serverName(greeting);
      if (name === undefined && greeting.length < LONGEST_GREETING) return;
      client.off('data', read).pause();
      // ingress-nginx would greet unknown names with a certificate nobody trusts; the client ends it either way.
      const target = name ? open(name) : undefined;
      if (!target) {
        client.destroy();
        return;
      }
      target.then(
        backend => {
          backend.write(greeting);
          join(client, backend);
        },
        () => client.destroy(),
      );
    };
    client.on('data', read);
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
      for (const client of clients) client.destroy();
      return new Promise(resolve => server.close(() => resolve()));
    },
  };
}

/** A record of TLS holds no more. */
const LONGEST_GREETING = 5 + (1 << 14);
