import { mkdir, writeFile } from 'node:fs/promises';
import { dirname, resolve } from 'node:path';
import { generatedFiles } from './files.ts';
import { readTests } from './promises/read.ts';

const root = resolve(import.meta.dirname, '../..');

for (const [path, content] of generatedFiles(readTests(root))) {
  const file = resolve(root, path);
  await mkdir(dirname(file), { recursive: true });
  await writeFile(file, content);
  process.stdout.write(`${path}\n`);
}
