import { simulate } from '../../simulate/index.ts';
import { type InputOptions, openSession } from '../input/session.ts';
import { type Format, print, type Rendering } from '../output/print.ts';
import { tell } from '../output/tell.ts';

export interface RenderOptions extends InputOptions {
  output: Format;
}

/** `hikube render`: everything that becomes of the written objects. Resolves to the exit code. */
export async function render(files: string[], options: RenderOptions): Promise<number> {
  const { catalog, valid, failed } = await openSession(files, options);
  const renderings = valid.map(({ object }): Rendering => ({ object, composites: simulate(object, catalog) }));
  process.stdout.write(print(renderings, options.output));
  if (!failed && valid.length === 0) tell('note', `nothing to render in ${files.join(', ')}`);
  return failed ? 1 : 0;
}
