import { once } from 'node:events';
import { connect, createServer, type Socket } from 'node:net';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { dial } from './sockets.ts';
import { startSocksProxy } from './socks-proxy.ts';

const asked: [string, number][] = [];
const echo = createServer(socket => socket.pipe(socket));
let proxy: { port: number; stop(): Promise<void> };

beforeAll(async () => {
  echo.listen(0, '127.0.0.1');
  await once(echo, 'listening');
  const address = echo.address();
  proxy = await startSocksProxy(async (host, port) => {
    asked.push([host, port]);
    const socket = host === 'nowhere' ? undefined : await dial(typeof address === 'object' ? (address?.port ?? 0) : 0);
    if (!socket) throw new Error('cannot connect');
    return socket;
  });
});
afterAll(async () => {
  await proxy.stop();
  echo.close();
});

const PORT = [0x1f, 0x90];

test.each([
  ['an address', [1, 10, 128, 0, 7], '10.128.0.7'],
  ['a name', [3, 4, ...Buffer.from('shop')], 'shop'],
])('a client is joined with the target it names by %s', async (_, target, host) => {
  const client = connect(proxy.port, '127.0.0.1');
  expect(await exchange(client, [5, 1, 0])).toEqual([5, 0]);
  expect((await exchange(client, [5, 1, 0, ...target, ...PORT])).slice(0, 2)).toEqual([5, 0]);
  expect(asked.at(-1)).toEqual([host, 8080]);
  expect(await exchange(client, [1, 2, 3])).toEqual([1, 2, 3]);
  client.destroy();
});

test('what cannot be reached is said to be so', async () => {
  const client = connect(proxy.port, '127.0.0.1');
  await exchange(client, [5, 1, 0]);
  const [, code] = await exchange(client, [5, 1, 0, 3, 7, ...Buffer.from('nowhere'), ...PORT]);
  expect(code).toBe(4);
  client.destroy();
});

async function exchange(client: Socket, bytes: number[]): Promise<number[]> {
  client.write(Buffer.from(bytes));
  const [answer] = await once(client, 'data');
  return [...answer];
}
