import { execFile } from 'node:child_process';
import { mkdirSync, symlinkSync } from 'node:fs';
import path from 'node:path';
import { promisify } from 'node:util';
import { inject } from 'vitest';
import { commands, root } from '../../unit/docs.ts';

/** Runs the commands a page gives under a heading, as a reader would: in order, from the root of the checkout. */
export async function runPage(page: string, from: number, to?: number): Promise<string[]> {
  const { kubectl, kubeconfigFile, logs } = inject('region');
  const bin = path.join(logs, '..', 'bin');
  mkdirSync(bin, { recursive: true });
  linkOnce(kubectl, path.join(bin, 'kubectl'));
  const env = { ...process.env, KUBECONFIG: kubeconfigFile, PATH: `${bin}${path.delimiter}${process.env.PATH}` };
  const output: string[] = [];
  for (const { command } of commands([page]).slice(from, to)) {
    const [program = '', ...args] = words(command);
    const { stdout } = await promisify(execFile)(path.join(bin, program), args, { cwd: root, env });
    output.push(stdout);
  }
  return output;
}

/** Splits a command as a shell does, as far as the pages need it: blanks and single quotes. */
function words(command: string): string[] {
  return [...command.matchAll(/(?:'[^']*'|[^\s'])+/g)].map(([word]) => word.replace(/'([^']*)'/g, '$1'));
}

function linkOnce(target: string, link: string): void {
  try {
    symlinkSync(target, link);
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'EEXIST')) throw error;
  }
}
