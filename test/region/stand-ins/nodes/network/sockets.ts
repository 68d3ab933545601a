import { createServer, type Server, type Socket, connect as tcpConnect } from 'node:net';

/** A local port that leads into the cluster. */
export interface Forward {
  port: number;
  stop(): Promise<void>;
}

/** Joins two sockets: what ends one ends the other. */
export function join(left: Socket, right: Socket): void {
  left.pipe(right);
  right.pipe(left);
  for (const [one, other] of [
    [left, right],
    [right, left],
  ] as const) {
    one.on('error', () => other.destroy());
    one.on('close', () => other.destroy());
  }
}

/** Connects to a local port; undefined when nothing listens. */
export function dial(port: number): Promise<Socket | undefined> {
  return new Promise(resolve => {
    const socket = tcpConnect(port, '127.0.0.1');
    socket.setNoDelay(true);
    socket.once('connect', () => resolve(socket));
    socket.once('error', () => resolve(undefined));
  });
}

/** Listens on 127.0.0.1 and joins each client with a connection that `open` makes for it. */
export async function listen(open: () => Promise<Socket>, port: number): Promise<Forward> {
  const clients = new Set<Socket>();
  const server: Server = createServer(client => {
    clients.add(client);
    client.setNoDelay(true);
    client.once('close', () => clients.delete(client));
    client.on('error', () => client.destroy());
    open().then(
      target => (client.destroyed ? target.destroy() : join(client, target)),
      () => client.destroy(),
    );
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, '127.0.0.1', resolve);
  });
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('cannot forward a port: the listener has none');
  return {
    port: address.port,
    stop() {
      for (const client of clients) client.destroy();
      return new Promise(resolve => server.close(() => resolve()));
    },
  };
}
