import { createServer, type Server, type Socket, connect as tcpConnect } from 'node:net';

/** A server that listens on 127.0.0.1. */
export interface Listening {
  port: number;
  /** Ends its connections and listens no more. */
  stop(): Promise<void>;
}

/** A local port that leads into the cluster. */
export type Forward = Listening;

/** Lets a server of TCP, HTTP or TLS listen on 127.0.0.1, on a free port unless one is named. */
export async function listening(server: Server, port = 0): Promise<Listening> {
  const connections = new Set<Socket>();
  server.on('connection', connection => {
    connections.add(connection);
    connection.once('close', () => connections.delete(connection));
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, '127.0.0.1', resolve);
  });
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('cannot listen on 127.0.0.1: no port');
  return {
    port: address.port,
    stop() {
      for (const connection of connections) connection.destroy();
      return new Promise(resolve => server.close(() => resolve()));
    },
  };
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
export function listen(open: () => Promise<Socket>, port: number): Promise<Forward> {
  const server = createServer(client => {
    client.setNoDelay(true);
    client.on('error', () => client.destroy());
    open().then(
      target => (client.destroyed ? target.destroy() : join(client, target)),
      () => client.destroy(),
    );
  });
  return listening(server, port);
}
