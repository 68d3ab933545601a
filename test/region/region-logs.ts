import { appendFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Log } from './log.ts';

/** Makes a log per part that runs inside the region's own process, beside the log files of the others. */
export function logFiles(dir: string): (name: string) => Log {
  return name => {
    const file = join(dir, `${name}.log`);
    return line => appendFileSync(file, `${new Date().toISOString()} ${line}\n`);
  };
}
