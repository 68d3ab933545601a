import { Client, credentials, Server, ServerCredentials } from '@grpc/grpc-js';
// The standard package, not our own codec of the same protocol: the test is to show that others understand it.
import { service } from 'grpc-health-check';
import { afterEach, describe, expect, test } from 'vitest';
import { z } from 'zod';
import { createHealth, healthService } from './health.ts';

const closing: (() => void)[] = [];
afterEach(() => {
  for (const close of closing.splice(0).reverse()) close();
});

/** A server that has nothing but its health, and what a client of the standard protocol sees of it. */
async function serving(services: string[]) {
  const health = createHealth(services);
  const server = new Server();
  server.addService(healthService, health.handlers);
  const port = await new Promise<number>((resolve, reject) => {
    server.bindAsync('127.0.0.1:0', ServerCredentials.createInsecure(), (error, bound) => {
      if (error) reject(error);
      else resolve(bound);
    });
  });
  const client = new Client(`127.0.0.1:${port}`, credentials.createInsecure());
  closing.push(
    () => server.forceShutdown(),
    () => client.close(),
  );
  return { health, watch: (name: string) => watch(client, name) };
}

/** Begins a watch; the first status it tells, and all of them once the server has ended it. */
function watch(client: Client, name: string): { first: Promise<string>; all: Promise<string[]> } {
  const { Watch } = service;
  if (!Watch) throw new Error('cannot find Watch in the health protocol');
  const stream = client.makeServerStreamRequest(Watch.path, Watch.requestSerialize, Watch.responseDeserialize, {
    service: name,
  });
  // Closing the client cancels the watches a test leaves open.
  stream.on('error', () => {});
  const told: string[] = [];
  stream.on('data', reply => told.push(z.object({ status: z.string() }).parse(reply).status));
  const first = new Promise<string>(resolve => stream.once('data', () => resolve(told[0] ?? '')));
  const all = new Promise<string[]>(resolve => stream.once('end', () => resolve(told)));
  return { first, all };
}

describe('a watch of health', () => {
  test('tells a service that serves, and its end', async () => {
    const { health, watch } = await serving(['', 'one']);
    const { first, all } = watch('one');
    expect(await first).toBe('SERVING');
    health.stopServing();
    expect(health.serving()).toBe(false);
    expect(await all).toEqual(['SERVING', 'NOT_SERVING']);
  });

  test('of a service there is not goes on, and ends with the others', async () => {
    const { health, watch } = await serving(['', 'one']);
    const { first, all } = watch('two');
    expect(await first).toBe('SERVICE_UNKNOWN');
    health.stopServing();
    expect(await all).toEqual(['SERVICE_UNKNOWN']);
  });

  test('that begins when serving has ended ends at once', async () => {
    const { health, watch } = await serving(['']);
    health.stopServing();
    expect(await watch('').all).toEqual(['NOT_SERVING']);
  });
});
