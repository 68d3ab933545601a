import { createServer, type Socket } from 'node:net';
import { join, type Listening, listening } from './sockets.ts';

/**
 * A SOCKS 5 proxy for connections without a name or password: the door for programs that forward plain HTTP, whose
 * requests to an HTTP proxy would name the host that was asked for instead of the Pod it is forwarded to.
 */
export function startSocksProxy(open: (host: string, port: number) => Promise<Socket>): Promise<Listening> {
  const server = createServer(client => {
    client.setNoDelay(true);
    client.on('error', () => client.destroy());
    serve(client, open).catch(() => client.destroy());
  });
  return listening(server);
}

async function serve(client: Socket, open: (host: string, port: number) => Promise<Socket>): Promise<void> {
  const read = reader(client);
  const [, methods = 0] = await read(2);
  await read(methods);
  client.write(Buffer.from([VERSION, NO_PASSWORD]));
  const [, command, , kind] = await read(4);
  const host =
    kind === NAME
      ? (await read((await read(1))[0] ?? 0)).toString('ascii')
      : kind === IPV4
        ? [...(await read(4))].join('.')
        : undefined;
  if (command !== CONNECT || host === undefined) {
    client.end(reply(UNSUPPORTED));
    return;
  }
  const port = (await read(2)).readUInt16BE(0);
  const target = await open(host, port).catch(() => undefined);
  if (!target) {
    client.end(reply(UNREACHABLE));
    return;
  }
  client.write(reply(SUCCEEDED));
  join(client, target);
}

/** Reads a number of bytes at a time, and leaves the rest in the stream. */
function reader(socket: Socket): (length: number) => Promise<Buffer> {
  return async length => {
    if (length === 0) return Buffer.alloc(0);
    for (;;) {
      const bytes: unknown = socket.read(length);
      if (Buffer.isBuffer(bytes)) return bytes;
      await new Promise<void>((resolve, reject) => {
        socket.once('readable', resolve);
        socket.once('close', () => reject(new Error('the client went away')));
      });
    }
  };
}

const VERSION = 5;
const NO_PASSWORD = 0;
const CONNECT = 1;
const [IPV4, NAME] = [1, 3];
const [SUCCEEDED, UNREACHABLE, UNSUPPORTED] = [0, 4, 7];

function reply(code: number): Buffer {
  return Buffer.from([VERSION, code, 0, IPV4, 0, 0, 0, 0, 0, 0]);
}
