import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';

const root = new URL('../../', import.meta.url);
const read = (path: string) => readFile(new URL(path, root), 'utf8');
const instructions = (await read('Dockerfile')).split('\n').map(line => line.trim().split(/\s+/));

function argumentsOf(name: string): string[][] {
  return instructions.filter(([first]) => first === name).map(([, ...rest]) => rest);
}

test('everything copied from the repository exists and is let through by .dockerignore', async () => {
  const ignore = (await read('.dockerignore')).split('\n');
  expect(ignore[0]).toBe('*');
  const sources = argumentsOf('COPY')
    .filter(([first]) => !first?.startsWith('--from'))
    .flatMap(paths => paths.slice(0, -1));
  expect(sources.length).toBeGreaterThan(0);
  for (const source of sources) {
    expect(existsSync(fileURLToPath(new URL(source, root))), source).toBe(true);
    expect(ignore).toContain(`!${source}`);
  }
});

test('the build is the one of package.json, and its file is what the image starts', async () => {
  const scripts: unknown = JSON.parse(await read('package.json')).scripts;
  expect(scripts).toMatchObject({ build: 'node scripts/run.mjs scripts/bundle.ts' });
  expect(argumentsOf('RUN')).toContainEqual(['npm', 'run', 'build']);
  expect(await read('scripts/bundle.ts')).toContain("at('dist/function.cjs')");
  expect(argumentsOf('COPY')).toContainEqual(['--from=build', '/src/dist/function.cjs', '/function.cjs']);
  expect(argumentsOf('ENTRYPOINT').flat().join(' ')).toContain('/function.cjs');
});

test('both bases are pinned by tag, to the Node the repository is tested with', async () => {
  const version: unknown = JSON.parse(await read('package.json')).devDependencies.node;
  const [build, final] = argumentsOf('FROM');
  expect(build?.[0]).toBe(`node:${version}-slim`);
  expect(final?.[0]).toMatch(/^gcr\.io\/distroless\/nodejs24-debian\d+:nonroot$/);
});

test('it runs without root and opens the ports Crossplane expects', () => {
  expect(argumentsOf('USER')).toEqual([['2000:2000']]);
  expect(argumentsOf('EXPOSE')).toEqual([['9443', '8080']]);
});
