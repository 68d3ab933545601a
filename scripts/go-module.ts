import { execFile } from 'node:child_process';
import { tmpdir } from 'node:os';
import { promisify } from 'node:util';
import { z } from 'zod';

/** Folder of a Go module in the module cache; downloaded when it is not there yet. */
export function goModule(path: string, version: string): Promise<string> {
  const key = `${path}@${version}`;
  const known = folders.get(key) ?? download(key);
  folders.set(key, known);
  // A proxy that failed once must be asked again.
  known.catch(() => folders.delete(key));
  return known;
}

const folders = new Map<string, Promise<string>>();
const answer = z.object({ Dir: z.string() });

async function download(module: string): Promise<string> {
  // Outside of any module, so that nothing around us changes the answer.
  const env = { ...process.env, GOFLAGS: '', GOWORK: 'off' };
  const run = promisify(execFile)('go', ['mod', 'download', '-json', module], { cwd: tmpdir(), env });
  const { stdout } = await run.catch((error: unknown) => {
    throw new Error(`cannot download the Go module ${module}: ${error instanceof Error ? error.message : error}`);
  });
  return answer.parse(JSON.parse(stdout)).Dir;
}
