import manifest from '../../package.json' with { type: 'json' };
import { messageOf } from '../base/error.ts';
import { tell } from './output/tell.ts';
import { createProgram } from './program.ts';

const program = createProgram(manifest.version, code => {
  // Not process.exit: what is still on its way to a pipe would be lost.
  process.exitCode = code;
});

// Whoever reads may stop early, as `head` does.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code !== 'EPIPE') throw error;
  process.exit();
});

// Not awaited: the bundle of the command line is no ES module.
program.parseAsync().catch((error: unknown) => {
  tell('error', messageOf(error));
  process.exitCode = 1;
});
