import { createServer, type Socket } from 'node:net';
import { join, type Listening, listening } from '../nodes/network/sockets.ts';
import { serverName } from './client-hello.ts';

/** Listens for TLS and joins each client, untouched, with what `open` connects the name it asks for to. */
export function startTlsRouter(open: (host: string) => Promise<Socket> | undefined): Promise<Listening> {
  const server = createServer(client => {
    client.setNoDelay(true);
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
  return listening(server);
}

/** A record of TLS holds no more. */
const LONGEST_GREETING = 5 + (1 << 14);
