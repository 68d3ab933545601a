import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { NODE_ENV, NODE_FLAGS } from '../../scripts/runtime.ts';

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

test('the build is the one of package.json, and its files are what the image holds', async () => {
  const scripts: unknown = JSON.parse(await read('package.json')).scripts;
  expect(scripts).toMatchObject({ build: 'node scripts/run.mjs scripts/bundle.ts' });
  expect(argumentsOf('RUN')).toContainEqual(['npm', 'run', 'build']);
  const bundled = argumentsOf('COPY').find(([first]) => first === '--from=build') ?? [];
  for (const file of ['function.cjs', 'start.cjs']) {
    expect(await read('scripts/bundle.ts')).toContain(`join(folder, '${file}')`);
    expect(bundled).toContain(`/src/dist/${file}`);
  }
});

test('it starts as the benchmark starts it, with the flags its compiled code was made under', async () => {
  const node = ['/nodejs/bin/node', ...NODE_FLAGS, '/start.cjs'];
  expect(JSON.parse(argumentsOf('ENTRYPOINT').flat().join(' '))).toEqual(node);
  const making = argumentsOf('RUN').find(([first]) => first?.startsWith('['));
  expect(JSON.parse(making?.join(' ') ?? '')).toEqual([...node, '--write-cache']);
  const environment = argumentsOf('ENV').flat();
  for (const [name, value] of Object.entries(NODE_ENV)) expect(environment).toContain(`${name}=${value}`);
});

test('a release can name every base by digest, and by default they are tags: the first of the Node the repository is tested with', async () => {
  const version: unknown = JSON.parse(await read('package.json')).devDependencies.node;
  const defaults = argumentsOf('ARG').map(([argument]) => argument?.split('='));
  expect(defaults).toEqual([
    ['BUILD_BASE', `node:${version}-slim`],
    ['BASE', expect.stringMatching(/^gcr\.io\/distroless\/nodejs24-debian\d+:nonroot$/)],
  ]);
  // Compiled code is good only for the very Node that made it: the cache is made on the base that runs.
  expect(argumentsOf('FROM').map(([image]) => image)).toEqual(['${' + 'BUILD_BASE}', '${' + 'BASE}', '${' + 'BASE}']);
});

test('it runs without root and opens the ports Crossplane expects', () => {
  expect(argumentsOf('USER').at(-1)).toEqual(['2000:2000']);
  expect(argumentsOf('EXPOSE')).toEqual([['9443', '8080']]);
});
