import { type ChildProcessWithoutNullStreams, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { z } from 'zod';

/** The function as a process of its own. */
export interface FunctionProcess {
  /** Ports of the line that says it serves; rejects with what it printed when it ends before. */
  serving: Promise<{ port: number; metricsPort: number }>;
  /** Exit code and everything printed. */
  ended: Promise<{ code: number | null; output: string }>;
  kill(signal: NodeJS.Signals): void;
}

/** Starts `file` of this folder with this Node, on ports the system chooses unless the arguments name some. */
export function spawnFunction(args: readonly string[], { env = {}, file = 'main.ts' } = {}): FunctionProcess {
  const path = fileURLToPath(new URL(file, import.meta.url));
  const ports = ['--address', '127.0.0.1', '--port', '0', '--metrics-port', '0'];
  const child = spawn(process.execPath, [path, ...ports, ...args], { env: { PATH: process.env.PATH, ...env } });
  let output = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream.on('data', (chunk: Buffer) => {
      output += chunk.toString();
    });
  }
  const ended = once(child, 'close').then(([code]) => ({ code: z.number().nullable().parse(code), output }));
  return { serving: Promise.race([firstServing(child), refused(ended)]), ended, kill: signal => child.kill(signal) };
}

const servingLine = z.object({ msg: z.literal('serving'), port: z.number(), metricsPort: z.number() });

function firstServing(child: ChildProcessWithoutNullStreams): Promise<{ port: number; metricsPort: number }> {
  return new Promise(resolve => {
    createInterface(child.stdout).on('line', line => {
      const parsed = servingLine.safeParse(JSON.parse(line));
      if (parsed.success) resolve(parsed.data);
    });
  });
}

async function refused(ended: Promise<{ code: number | null; output: string }>): Promise<never> {
  const { code, output } = await ended;
  throw new Error(`the function ended with ${code}: ${output}`);
}
