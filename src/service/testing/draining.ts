import { createLog } from '../log.ts';
import { drainOnSignal } from '../signals.ts';

// A program that drains for as many milliseconds as its first argument says, and cuts something if there is a second one.
const [milliseconds, cut] = process.argv.slice(2);
const log = createLog('draining', false);
drainOnSignal(() => new Promise(resolve => setTimeout(() => resolve(cut === undefined), Number(milliseconds))), log);
// Nothing else keeps it alive.
setInterval(() => {}, 60_000);
log.info('serving');
