import { setTimeout as delay } from 'node:timers/promises';
import { NODE_ENV, NODE_FLAGS } from '../../scripts/runtime.ts';
import { freePort } from '../region/ports.ts';
import { connectBytes } from './client.ts';
import { type Program, startProgram } from './program.ts';
import { quantile } from './quantile.ts';
import { reachable } from './reachable.ts';

export interface StartUp {
  starts: number;
  /** From spawn to the first answer of the health service, in milliseconds. */
  p50: number;
  slowest: number;
  /** Resident memory in MiB, some seconds after the start. */
  idle: number;
  /** The same of a Node that only listens for HTTP/2, the least a gRPC server can be made of. */
  bareHttp2: number;
}

/** As the Dockerfile starts it, but without certificates. */
export const FUNCTION_ARGS = [
  ...NODE_FLAGS,
  'dist/start.cjs',
  '--insecure',
  '--address',
  '127.0.0.1',
  '--metrics-port',
  '0',
];

/** How long a start settles before its memory is read; the function gives start-up memory back after a second. */
const SETTLE_MS = 4000;

/** Starts the bundled function again and again. */
export async function measureStartUp(starts: number): Promise<StartUp> {
  // The first start warms this client and the disk's cache, and does not count.
  await timeStart();
  const times: number[] = [];
  for (let index = 0; index < starts; index += 1) times.push(await timeStart());
  const idle = await settledMemory(await startProgram([...FUNCTION_ARGS, '--port', '0'], NODE_ENV));
  const bareHttp2 = await settledMemory(await startProgram(['--eval', BARE_HTTP2], NODE_ENV));
  return { starts, p50: quantile(times, 0.5), slowest: Math.max(...times), idle, bareHttp2 };
}

const BARE_HTTP2 = `
const server = require('node:http2').createServer();
server.listen(0, () => console.log(JSON.stringify({ msg: 'serving', port: server.address().port })));`;

async function timeStart(): Promise<number> {
  const port = await freePort();
  const started = performance.now();
  const starting = startProgram([...FUNCTION_ARGS, '--port', String(port)], NODE_ENV);
  // A gRPC client that finds nobody waits longer than a start takes.
  await reachable(port);
  const client = connectBytes(port);
  await client.healthy();
  const took = performance.now() - started;
  client.close();
  await (await starting).stop();
  return took;
}

async function settledMemory(program: Program): Promise<number> {
  await delay(SETTLE_MS);
  const memory = await program.memory();
  await program.stop();
  return memory;
}
