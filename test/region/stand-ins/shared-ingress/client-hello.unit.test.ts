import { once } from 'node:events';
import { createServer } from 'node:net';
import { connect } from 'node:tls';
import { expect, test } from 'vitest';
import { serverName } from './client-hello.ts';

/** What a real client sends first. */
async function greeting(servername: string | undefined): Promise<Buffer> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  const client = connect({
    port: typeof address === 'object' ? (address?.port ?? 0) : 0,
    host: '127.0.0.1',
    ...(servername && { servername }),
  });
  client.on('error', () => undefined);
  const [socket] = await once(server, 'connection');
  const [bytes] = await once(socket, 'data');
  client.destroy();
  server.close();
  return bytes;
}

test('the name a client asks for is read, in lower case', async () => {
  expect(serverName(await greeting('API.Example.org'))).toBe('api.example.org');
});

test('a greeting that has not arrived whole is waited for', async () => {
  const bytes = await greeting('api.example.org');
  for (const end of [0, 3, 5, bytes.length - 1]) expect(serverName(bytes.subarray(0, end))).toBeUndefined();
});

test('a client without a name, or without TLS, has none', async () => {
  expect(serverName(await greeting(undefined))).toBeNull();
  expect(serverName(Buffer.from('GET / HTTP/1.1\r\nhost: api.example.org\r\n\r\n'))).toBeNull();
  expect(serverName(Buffer.from([22, 3, 1, 0, 4, 1, 0, 0, 0]))).toBeNull();
});
