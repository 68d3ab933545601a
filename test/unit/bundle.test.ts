import { execFileSync } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { NODE_FLAGS } from '../../scripts/runtime.ts';
import { quickStartCases } from '../bench/cases.ts';
import { connectBytes } from '../bench/client.ts';
import { startProgram } from '../bench/program.ts';

describe('the bundled function', { timeout: 60_000 }, () => {
  let folder: string;
  beforeAll(async () => {
    // Far from every node_modules.
    folder = await mkdtemp(join(tmpdir(), 'hikube-bundle-'));
    const script = fileURLToPath(new URL('../../scripts/bundle.ts', import.meta.url));
    execFileSync(process.execPath, [script, folder], { stdio: ['ignore', 'ignore', 'inherit'] });
  }, 60_000);
  afterAll(() => rm(folder, { recursive: true }));

  async function answers(file: string): Promise<Buffer[]> {
    const ports = ['--address', '127.0.0.1', '--port', '0', '--metrics-port', '0'];
    const program = await startProgram([...NODE_FLAGS, join(folder, file), '--insecure', ...ports]);
    const client = connectBytes(program.port);
    try {
      await client.healthy();
      return await Promise.all((await quickStartCases()).map(({ request }) => client.run(request)));
    } finally {
      client.close();
      await program.stop();
    }
  }

  test('answers as the sources do, started by itself or from compiled code', async () => {
    const expected = (await quickStartCases()).map(({ response }) => response);
    expect(await answers('function.cjs')).toEqual(expected);
    expect(await answers('start.cjs')).toEqual(expected);
  });

  test('starts without compiled code that is its own', async () => {
    await writeFile(join(folder, 'function.cache'), 'of another Node');
    expect((await answers('start.cjs')).length).toBeGreaterThan(0);
    await rm(join(folder, 'function.cache'));
    expect((await answers('start.cjs')).length).toBeGreaterThan(0);
  });
});
