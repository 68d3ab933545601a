import { type InputOptions, openSession } from '../input/session.ts';
import { tell } from '../output/tell.ts';
import { titleOf } from '../output/title.ts';

/** `hikube validate`: what is wrong with the written objects, and what would be right. Resolves to the exit code. */
export async function validate(files: string[], options: InputOptions): Promise<number> {
  if (files.length === 0 && options.catalog === undefined) {
    throw new Error('cannot validate nothing: name a file, or a catalogue with --catalog');
  }
  const { valid, failed } = await openSession(files, options);
  if (options.catalog !== undefined) tell('note', `${options.catalog} can be used`);
  for (const { origin, object } of valid) tell('note', `${origin}: ${titleOf(object)} is valid`);
  return failed ? 1 : 0;
}
