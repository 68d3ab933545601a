import { execFileSync } from 'node:child_process';
import { quantile } from './quantile.ts';

/** Processor time of one call, in milliseconds: what a pre-commit hook waits for on an idle machine. */
export interface CommandCost {
  calls: number;
  p50: number;
  slowest: number;
  /** The same of a Node that does nothing. */
  bare: number;
}

const VALIDATE = ['bin/hikube.mjs', 'validate', 'examples/quick-start.yaml'];

/** Calls `hikube validate` of one file again and again, in turn with the bare Node. */
export function measureCommand(calls: number): CommandCost {
  // The first call makes the bundle and what Node compiles of it, and does not count.
  cost(VALIDATE);
  const ours: number[] = [];
  const bare: number[] = [];
  for (let index = 0; index < calls; index += 1) {
    ours.push(cost(VALIDATE));
    bare.push(cost(['--eval', '']));
  }
  return { calls, p50: quantile(ours, 0.5), slowest: Math.max(...ours), bare: quantile(bare, 0.5) };
}

/** Bash tells what a child took of the processor; Node tells it of itself alone. */
function cost(args: readonly string[]): number {
  const script = 'TIMEFORMAT="%U %S"; time "$@" 2>/dev/null';
  const told = execFileSync('bash', ['-c', `{ ${script}; } 2>&1`, 'bash', process.execPath, ...args], {
    encoding: 'utf8',
  });
  return told.split(' ').reduce((sum, seconds) => sum + Number(seconds) * 1000, 0);
}
