import { type Logger, pino } from 'pino';

export type { Logger } from 'pino';

/** JSON lines of a program on standard output, written at once so that the last line before an exit is never lost. */
export function createLog(program: string, debug: boolean): Logger {
  return pino(
    {
      level: debug ? 'debug' : 'info',
      base: { name: program },
      timestamp: pino.stdTimeFunctions.isoTime,
      formatters: { level: label => ({ level: label }) },
    },
    pino.destination({ fd: 1, sync: true }),
  );
}
