import type { Logger } from './log.ts';

/**
 * Lets SIGTERM and SIGINT end the process: the first signal drains, a second one ends at once.
 *
 * @param drain lets finish what is under way; resolves to false when something had to be cut
 */
export function drainOnSignal(drain: () => Promise<boolean>, log: Logger): void {
  let draining = false;
  const onSignal = (signal: NodeJS.Signals): void => {
    if (draining) process.exit(1);
    draining = true;
    log.info({ signal }, 'draining');
    void drain().then(finished => {
      if (finished) log.info('drained');
      else log.warn('cut the calls that took too long');
      process.exit(0);
    });
  };
  process.on('SIGTERM', onSignal);
  process.on('SIGINT', onSignal);
}
