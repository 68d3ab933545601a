import { releaseStartupMemory } from '../service/memory.ts';
import type { FunctionParts } from './function.ts';
import { createLog, type Logger } from './log.ts';
import { readOptions } from './options.ts';
import { serve } from './serve.ts';

/**
 * Runs the function as a process: reads flags, serves, drains at SIGTERM or SIGINT. Ends with a code other than 0 when
 * it cannot start.
 */
export async function start(parts: Omit<FunctionParts, 'onCall'>, argv: readonly string[]): Promise<void> {
  const options = readOptions(argv);
  const log = createLog(options.debug);
  try {
    const { port, metricsPort, stop } = await serve(parts, options, log);
    log.info({ host: options.host, port, metricsPort, tls: options.tlsCertsDir !== undefined }, 'serving');
    stopOnSignal(stop, log);
    releaseStartupMemory();
  } catch (error) {
    log.fatal({ err: error }, 'cannot start');
    process.exit(1);
  }
}

/** The first signal drains; a second one ends at once. */
function stopOnSignal(stop: () => Promise<boolean>, log: Logger): void {
  let stopping = false;
  const onSignal = (signal: NodeJS.Signals): void => {
    if (stopping) process.exit(1);
    stopping = true;
    log.info({ signal }, 'draining');
    void stop().then(finished => {
      if (finished) log.info('drained');
      else log.warn('cut the calls that took too long');
      process.exit(0);
    });
  };
  process.on('SIGTERM', onSignal);
  process.on('SIGINT', onSignal);
}
