import { readFileSync } from 'node:fs';
import { z } from 'zod';
import { createProgram } from './program.ts';
import { tell } from './session.ts';

const manifest = z
  .object({ version: z.string() })
  .parse(JSON.parse(readFileSync(new URL('../../package.json', import.meta.url), 'utf8')));

const program = createProgram(manifest.version, code => {
  // Not process.exit: what is still on its way to a pipe would be lost.
  process.exitCode = code;
});

// Whoever reads may stop early, as `head` does.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code !== 'EPIPE') throw error;
  process.exit();
});

try {
  await program.parseAsync();
} catch (error) {
  tell('error', error instanceof Error ? error.message : String(error));
  process.exitCode = 1;
}
