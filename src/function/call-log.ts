import { clip } from '../base/clip.ts';
import { messageOf } from '../base/error.ts';
import type { Logger } from '../service/log.ts';
import type { Call } from './function.ts';

/** One line per call: what went well at debug, unless something leaves; input that was refused as a warning, faults of ours with their stack. */
export function logCall(log: Logger, { error, seconds, ...call }: Call): void {
  const fields = { ...call, milliseconds: Math.round(seconds * 1e6) / 1e3 };
  if (call.result === 'ok') log[call.leaving ? 'info' : 'debug'](fields, 'composed');
  else if (call.result === 'fatal') log.warn({ ...fields, reason: clip(messageOf(error), LINE_LENGTH) }, 'refused');
  else log.error({ ...fields, err: error }, call.result === 'malformed' ? 'cannot decode' : 'cannot compose');
}

/** What is refused may quote what it was sent. */
const LINE_LENGTH = 2048;
