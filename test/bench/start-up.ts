import { setTimeout as delay } from 'node:timers/promises';
import { NODE_ENV, NODE_FLAGS } from '../../scripts/runtime.ts';
import { connectBytes } from './client.ts';
import { type Program, startProgram } from './program.ts';
import { quantile } from './quantile.ts';

export interface StartUp {
  starts: number;
  /** From spawn to the first answer of the health service, in milliseconds. */
  p50: number;
  slowest: number;
  /** Resident memory in MiB, some seconds after the start. */
  idle: number;
  /** The same of a Node that only listens for HTTP/2, the least a gRPC server can be made of: spawn to listening. */
  bare: { p50: number; idle: number };
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

/** Starts the bundled function again and again, in turn with the bare Node. */
export async function measureStartUp(starts: number): Promise<StartUp> {
  // The first starts warm this client and the disk's cache, and do not count.
  await timeStart();
  await timeBareStart();
  const ours: number[] = [];
  const bare: number[] = [];
  for (let index = 0; index < starts; index += 1) {
    ours.push(await timeStart());
    bare.push(await timeBareStart());
  }
  return {
    starts,
    p50: quantile(ours, 0.5),
    slowest: Math.max(...ours),
    idle: await settledMemory(await startProgram([...FUNCTION_ARGS, '--port', '0'], NODE_ENV)),
    bare: { p50: quantile(bare, 0.5), idle: await settledMemory(await startProgram(BARE_ARGS, NODE_ENV)) },
  };
}

async function timeStart(): Promise<number> {
  const started = performance.now();
  // It prints that it serves; a client that knocks earlier only takes time from the start it waits for.
  const program = await startProgram([...FUNCTION_ARGS, '--port', '0'], NODE_ENV);
  const client = connectBytes(program.port);
  await client.healthy();
  const took = performance.now() - started;
  client.close();
  await program.stop();
  return took;
}

async function timeBareStart(): Promise<number> {
  const started = performance.now();
  const program = await startProgram(BARE_ARGS, NODE_ENV);
  const took = performance.now() - started;
  await program.stop();
  return took;
}

const BARE_ARGS = [
  ...NODE_FLAGS,
  '--eval',
  `const server = require('node:http2').createServer();
   server.listen(0, '127.0.0.1', () => console.log(JSON.stringify({ msg: 'serving', port: server.address().port })));`,
];

async function settledMemory(program: Program): Promise<number> {
  await delay(SETTLE_MS);
  const memory = await program.memory();
  await program.stop();
  return memory;
}
