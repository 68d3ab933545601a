import { rm } from 'node:fs/promises';
import { createServer } from 'node:net';
import { afterEach, describe, expect, test } from 'vitest';
import { createAuthority } from '../../test/region/pki.ts';
import { folderOf } from '../service/testing/folder.ts';
import { spawnFunction } from './testing/child.ts';
import { connect } from './testing/client.ts';
import { composite, requestOf } from './testing/requests.ts';

const closing: (() => unknown)[] = [];
afterEach(async () => {
  for (const close of closing.splice(0).reverse()) await close();
});

function start(...parameters: Parameters<typeof spawnFunction>): ReturnType<typeof spawnFunction> {
  const running = spawnFunction(...parameters);
  // A test that expects an early end looks at `ended`, not at this.
  running.serving.catch(() => {});
  closing.push(() => running.kill('SIGKILL'));
  return running;
}

async function call(port: number, tls?: Parameters<typeof connect>[1]) {
  const client = connect(port, tls);
  closing.push(() => client.close());
  return client.run(requestOf(composite()));
}

describe('as a process, the function', { timeout: 60_000 }, () => {
  test('ends with an error without certificates unless asked to', async () => {
    const { code, output } = await start([]).ended;
    expect(code).not.toBe(0);
    expect(output).toContain('cannot serve without certificates: set --tls-certs-dir or TLS_SERVER_CERTS_DIR');
  });

  test('ends with an error when a certificate cannot be read', async () => {
    const { code, output } = await start(['--tls-certs-dir', '/nonexistent']).ended;
    expect(code).toBe(1);
    expect(output).toContain('cannot read /nonexistent/ca.crt');
  });

  test('ends with an error when either port is taken', async () => {
    const taken = await holdPort();
    for (const flag of ['--port', '--metrics-port']) {
      const { code, output } = await start(['--insecure', flag, String(taken)]).ended;
      expect(code).toBe(1);
      expect(output).toContain(String(taken));
      expect(output).toContain('EADDRINUSE');
    }
  });

  test('takes certificates from either flag or from TLS_SERVER_CERTS_DIR', async () => {
    const authority = await createAuthority('test');
    const { cert, key } = await authority.issue({ commonName: 'function', dnsNames: ['localhost'] });
    const dir = await folderOf({ 'ca.crt': authority.cert, 'tls.crt': cert, 'tls.key': key });
    closing.push(() => rm(dir, { recursive: true }));
    const pair = await authority.issue({ commonName: 'crossplane' });
    const ways = [
      start([], { env: { TLS_SERVER_CERTS_DIR: dir } }),
      start(['--tls-certs-dir', dir]),
      start(['--tls-server-certs-dir', dir]),
    ];
    for (const { serving } of ways) {
      const { port } = await serving;
      expect((await call(port, { ca: authority.cert, pair })).results).toEqual([]);
      await expect(call(port, { ca: authority.cert })).rejects.toThrow('UNAVAILABLE');
    }
  });

  test('serves without TLS when told so, whatever else is set', async () => {
    const { serving } = start(['--insecure', '--tls-certs-dir', '/nonexistent']);
    expect((await call((await serving).port)).meta?.tag).toBe('tag-1');
  });

  test('logs JSON lines, calls only at debug, and tells metrics and health over HTTP', async () => {
    const running = start(['--insecure', '--debug']);
    const { port, metricsPort } = await running.serving;
    await call(port);
    const get = (path: string) => fetch(`http://127.0.0.1:${metricsPort}${path}`);
    const metrics = await (await get('/metrics')).text();
    expect(metrics).toContain('hikube_function_calls_total{kind="XHikubeCluster",result="ok"} 1');
    expect(metrics).toContain('hikube_function_composed_objects_sum{kind="XHikubeCluster"} 1');
    expect(metrics).toContain('process_resident_memory_bytes');
    expect(await (await get('/healthz')).text()).toBe('ok\n');
    expect((await get('/')).status).toBe(404);
    running.kill('SIGTERM');
    const lines = (await running.ended).output.trim().split('\n');
    expect(lines.map(line => JSON.parse(line))).toContainEqual(
      expect.objectContaining({
        level: 'debug',
        tag: 'tag-1',
        kind: 'XHikubeCluster',
        name: 'demo-x1',
        msg: 'composed',
      }),
    );
  });

  test.each(['SIGTERM', 'SIGINT'] as const)('drains and ends well at %s', async signal => {
    const running = start(['--insecure']);
    const { port } = await running.serving;
    await call(port);
    running.kill(signal);
    const { code, output } = await running.ended;
    expect(code).toBe(0);
    expect(output).toContain('"msg":"drained"');
    expect(output).not.toContain('"level":"debug"');
  });
});

async function holdPort(): Promise<number> {
  const server = createServer();
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve));
  closing.push(() => server.close());
  const address = server.address();
  if (typeof address !== 'object' || !address) throw new Error('cannot hold a port');
  return address.port;
}
