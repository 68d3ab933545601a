import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import { z } from 'zod';

const line = z.object({ name: z.literal('draining'), level: z.string(), msg: z.string() });

/** Runs the draining program; sends each signal when the line before it in the log has come. */
async function run(args: string[], signals: Partial<Record<string, NodeJS.Signals>>) {
  const program = fileURLToPath(new URL('testing/draining.ts', import.meta.url));
  const child = spawn(process.execPath, [program, ...args], { stdio: ['ignore', 'pipe', 'inherit'] });
  const ended = once(child, 'exit');
  const told: string[] = [];
  for await (const text of createInterface(child.stdout)) {
    const { level, msg } = line.parse(JSON.parse(text));
    told.push(`${level} ${msg}`);
    const signal = signals[msg];
    if (signal) child.kill(signal);
  }
  const [code] = await ended;
  return { code, told };
}

describe('a program that drains on signals', { timeout: 60_000 }, () => {
  test.each(['SIGTERM', 'SIGINT'] as const)('ends well at %s when everything has finished', async signal => {
    const { code, told } = await run(['10'], { serving: signal });
    expect({ code, told }).toEqual({ code: 0, told: ['info serving', 'info draining', 'info drained'] });
  });

  test('says so when it had to cut something', async () => {
    const { code, told } = await run(['10', 'cut'], { serving: 'SIGTERM' });
    expect({ code, last: told.at(-1) }).toEqual({ code: 0, last: 'warn cut the calls that took too long' });
  });

  test.each(['SIGTERM', 'SIGINT'] as const)(
    'ends at once at a second signal, %s, however long it still drains',
    async second => {
      const { code, told } = await run(['3600000'], { serving: 'SIGTERM', draining: second });
      expect({ code, told }).toEqual({ code: 1, told: ['info serving', 'info draining'] });
    },
  );
});
