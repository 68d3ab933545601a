import { execFile } from 'node:child_process';
import { existsSync, mkdirSync, symlinkSync } from 'node:fs';
import path from 'node:path';
import { promisify } from 'node:util';
import { inject } from 'vitest';
import { commands, root } from '../../unit/docs.ts';

/**
 * Runs the commands of a page as a reader would who stands outside the platform: in order, in a folder with the examples
 * of the checkout.
 */
export async function runPage(page: string, from: number, to?: number): Promise<string[]> {
  const folder = path.join(inject('region').dir, 'reader');
  mkdirSync(folder, { recursive: true });
  const examples = path.join(folder, 'examples');
  if (!existsSync(examples)) symlinkSync(path.join(root, 'examples'), examples);
  return runCommands(
    commands([page])
      .slice(from, to)
      .map(({ command }) => command),
    folder,
  );
}

/** Runs commands in a shell, a shell each, with the region's kubectl; the error carries what a command printed. */
export async function runCommands(lines: string[], folder: string): Promise<string[]> {
  const env = { ...process.env, PATH: `${inject('region').bin}${path.delimiter}${process.env.PATH}` };
  const output: string[] = [];
  for (const line of lines) {
    const { stdout } = await promisify(execFile)('sh', ['-c', line], { cwd: folder, env });
    output.push(stdout);
  }
  return output;
}
