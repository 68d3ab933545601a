import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFile } from 'node:fs/promises';
import { createInterface } from 'node:readline';
import { z } from 'zod';

/** A server under measurement, started as a process of its own. */
export interface Program {
  port: number;
  /** Resident memory in MiB, as the kernel counts it. */
  memory(): Promise<number>;
  stop(): Promise<void>;
}

const servingLine = z.object({ msg: z.literal('serving'), port: z.number() });

/** Starts this Node with arguments; resolves when the program prints that it serves. */
export async function startProgram(args: readonly string[], env: Record<string, string> = {}): Promise<Program> {
  const child = spawn(process.execPath, args, {
    env: { PATH: process.env.PATH, ...env },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const exited = once(child, 'exit');
  return {
    port: await portOf(child, args),
    memory: async () => residentMiB(await readFile(`/proc/${child.pid}/status`, 'utf8')),
    async stop() {
      child.kill('SIGKILL');
      await exited;
    },
  };
}

async function portOf(child: ChildProcess, args: readonly string[]): Promise<number> {
  if (!child.stdout) throw new Error('cannot read what the program prints');
  for await (const line of createInterface(child.stdout)) {
    const parsed = servingLine.safeParse(JSON.parse(line));
    if (parsed.success) {
      child.stdout.resume();
      return parsed.data.port;
    }
  }
  throw new Error(`cannot start ${args.join(' ')}: it ended`);
}

function residentMiB(status: string): number {
  const kib = /^VmRSS:\s+(\d+) kB$/m.exec(status)?.[1];
  if (!kib) throw new Error('cannot read VmRSS');
  return Number(kib) / 1024;
}
