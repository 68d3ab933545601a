import { once } from 'node:events';
import { rm } from 'node:fs/promises';
import { connect as connectHttp2, constants } from 'node:http2';
import { ServerCredentials } from '@grpc/grpc-js';
import { afterEach, describe, expect, test } from 'vitest';
import { createAuthority } from '../../test/region/pki.ts';
import { folderOf } from '../service/testing/folder.ts';
import { mutualTls } from '../service/tls.ts';
import { createFunction } from './function.ts';
import { FUNCTION_SERVICE, type RunningGrpcServer, startGrpcServer } from './grpc-server.ts';
import { connect, type FunctionClient } from './testing/client.ts';
import { nothing, parts, partsWith } from './testing/parts.ts';
import { composite, requestOf } from './testing/requests.ts';

const closing: (() => unknown)[] = [];
afterEach(async () => {
  for (const close of closing.splice(0).reverse()) await close();
});

async function serverWith(
  over: Partial<Parameters<typeof startGrpcServer>[0]> = {},
): Promise<{ server: RunningGrpcServer; client: FunctionClient }> {
  const server = await startGrpcServer({
    run: createFunction(parts),
    credentials: ServerCredentials.createInsecure(),
    host: '127.0.0.1',
    port: 0,
    maxReceiveBytes: 1024 * 1024,
    ...over,
  });
  closing.push(() => server.drain(0));
  return { server, client: clientOf(server) };
}

function clientOf(server: RunningGrpcServer, tls?: Parameters<typeof connect>[1]): FunctionClient {
  const client = connect(server.port, tls);
  closing.push(() => client.close());
  return client;
}

test('a call over gRPC is answered', async () => {
  const { client } = await serverWith();
  const response = await client.run(requestOf(composite(), { tag: 'over-grpc' }));
  expect(response.meta?.tag).toBe('over-grpc');
  expect(Object.keys(response.desired?.resources ?? {})).toEqual(['echo']);
});

describe('mutual TLS', () => {
  async function secured() {
    const [ours, foreign] = await Promise.all([createAuthority('ours'), createAuthority('foreign')]);
    const pair = await ours.issue({ commonName: 'function', dnsNames: ['localhost'], usages: ['server'] });
    const dir = await folderOf({ 'ca.crt': ours.cert, 'tls.crt': pair.cert, 'tls.key': pair.key });
    closing.push(() => rm(dir, { recursive: true }));
    const { server } = await serverWith({ credentials: await mutualTls(dir), host: '127.0.0.1' });
    return { ours, foreign, server };
  }

  test('serves a client with a certificate of the authority', async () => {
    const { ours, server } = await secured();
    const client = clientOf(server, { ca: ours.cert, pair: await ours.issue({ commonName: 'crossplane' }) });
    expect((await client.run(requestOf(composite()))).results).toEqual([]);
  });

  test('refuses a client without a certificate, with one of another authority, and without TLS', async () => {
    const { ours, foreign, server } = await secured();
    const strangers = [
      clientOf(server, { ca: ours.cert }),
      clientOf(server, { ca: ours.cert, pair: await foreign.issue({ commonName: 'crossplane' }) }),
      clientOf(server),
    ];
    for (const client of strangers) {
      await expect(client.run(requestOf(composite()))).rejects.toMatchObject({ code: UNAVAILABLE });
    }
  });
});

describe('limits', () => {
  test('a request over the receive limit is refused with both sizes', async () => {
    const { client } = await serverWith();
    const large = requestOf(composite({ text: 'x'.repeat(2 * 1024 * 1024) }));
    await expect(client.run(large)).rejects.toMatchObject({
      code: RESOURCE_EXHAUSTED,
      details: expect.stringContaining('1048576'),
    });
  });

  test('a higher limit takes it', async () => {
    const { client } = await serverWith({ maxReceiveBytes: 8 * 1024 * 1024 });
    const large = requestOf(composite({ text: 'x'.repeat(6 * 1024 * 1024) }));
    expect((await client.run(large)).results).toEqual([]);
  });

  test('bytes that are no request are an invalid argument', async () => {
    const { server } = await serverWith();
    const session = connectHttp2(`http://127.0.0.1:${server.port}`);
    closing.push(() => session.destroy());
    const stream = session.request(GRPC_HEADERS);
    const trailers = new Promise(resolve => stream.on('trailers', resolve).on('response', resolve));
    stream.end(Buffer.from([0, 0, 0, 0, 2, 0xff, 0xff]));
    stream.resume();
    expect(await trailers).toMatchObject({ 'grpc-status': String(INVALID_ARGUMENT) });
  });
});

test('an address in use is an error that names it', async () => {
  const { server } = await serverWith();
  await expect(serverWith({ port: server.port })).rejects.toThrow(`cannot listen on 127.0.0.1:${server.port}`);
});

describe('health', () => {
  test('is told for the server and the service, by the standard protocol', async () => {
    const { client } = await serverWith();
    expect(await client.health('')).toBe('SERVING');
    expect(await client.health(FUNCTION_SERVICE)).toBe('SERVING');
    await expect(client.health('nobody')).rejects.toMatchObject({ code: NOT_FOUND });
  });

  test('a watch tells the end of serving and does not hold it up', async () => {
    const { server, client } = await serverWith();
    const told: string[] = [];
    let first = () => {};
    const begun = new Promise<void>(resolve => {
      first = resolve;
    });
    const watching = client.watchHealth('', status => {
      told.push(status);
      first();
    });
    await begun;
    expect(await server.drain(10)).toBe(true);
    await watching;
    expect(told).toEqual(['SERVING', 'NOT_SERVING']);
  });
});

describe('draining', () => {
  test('finishes the calls under way and takes no new ones', async () => {
    let entered = () => {};
    const inside = new Promise<void>(resolve => {
      entered = resolve;
    });
    const slow = partsWith(() => {
      entered();
      const until = performance.now() + 300;
      while (performance.now() < until);
      return nothing();
    });
    const { server, client } = await serverWith({ run: createFunction(slow) });
    const calls = Promise.all([client.run(requestOf(composite())), client.run(requestOf(composite()))]);
    await inside;
    expect(await server.drain(10)).toBe(true);
    expect((await calls).map(({ meta }) => meta?.tag)).toEqual(['tag-1', 'tag-1']);
    expect(server.serving()).toBe(false);
    await expect(clientOf(server).run(requestOf(composite()))).rejects.toMatchObject({ code: UNAVAILABLE });
  });

  test('cuts a call that takes longer than the deadline', async () => {
    const { server } = await serverWith();
    const session = connectHttp2(`http://127.0.0.1:${server.port}`);
    closing.push(() => session.destroy());
    await once(session, 'connect');
    // A request whose body never ends keeps its call open.
    const stream = session.request(GRPC_HEADERS).on('error', () => {});
    stream.write(Buffer.from([0, 0, 0, 0, 9]));
    // The answer to a ping comes after the server has seen what was sent before it.
    await new Promise(resolve => session.ping(resolve));
    expect(await server.drain(0.2)).toBe(false);
  });
});

const GRPC_HEADERS = {
  [constants.HTTP2_HEADER_METHOD]: 'POST',
  [constants.HTTP2_HEADER_PATH]: `/${FUNCTION_SERVICE}/RunFunction`,
  [constants.HTTP2_HEADER_CONTENT_TYPE]: 'application/grpc',
  te: 'trailers',
};

/** Codes of gRPC. */
const INVALID_ARGUMENT = 3;
const NOT_FOUND = 5;
const RESOURCE_EXHAUSTED = 8;
const UNAVAILABLE = 14;
