import { mkdirSync, readFileSync, renameSync, statSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';

const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '..');
const folder = path.join(root, 'node_modules', '.cache', 'hikube');
const bundle = path.join(folder, 'cli.cjs');
/** Longer than the clock of any file system stands still, in milliseconds: what changes later than this bears a later time. */
const TICK = 50;

/**
 * One file with the whole command line, made again whenever one of the files it is made of has changed; undefined where
 * none can be made (no esbuild, nothing may be written, or a file is just being edited), so that the sources have to do.
 * Needs no more than Node 20.
 *
 * @returns {Promise<string | undefined>} path of the file
 */
export async function cliBundle() {
  if (isFresh()) return bundle;
  try {
    return await build();
  } catch {
    return undefined;
  }
}

/** The first line of a bundle is a comment that names every file it was made of, with size and time of its last change. */
function isFresh() {
  try {
    const [head = ''] = readFileSync(bundle, 'latin1').split('\n', 1);
    const inputs = JSON.parse(head.slice('//'.length));
    const same = ([file, size, changed]) => {
      // The time of change, unlike that of modification, is set by the kernel alone.
      const now = statSync(path.join(root, file));
      return now.size === size && now.ctimeMs === changed;
    };
    return inputs.length > 0 && inputs.every(same);
  } catch {
    return false;
  }
}

async function build() {
  const before = Date.now();
  await delay(TICK);
  const esbuild = await import('esbuild');
  const { outputFiles, metafile } = await esbuild.build({
    absWorkingDir: root,
    entryPoints: ['src/cli/main.ts'],
    bundle: true,
    platform: 'node',
    target: 'node20',
    format: 'cjs',
    // Names stay: what fails tells where.
    minifyWhitespace: true,
    minifySyntax: true,
    tsconfigRaw: { compilerOptions: { verbatimModuleSyntax: true } },
    alias: { yaml: './node_modules/yaml/browser/index.js' },
    plugins: [english],
    legalComments: 'none',
    logLevel: 'silent',
    metafile: true,
    write: false,
  });
  const own = path.relative(root, fileURLToPath(import.meta.url));
  const inputs = [...Object.keys(metafile.inputs).filter(file => !file.includes(':')), own].map(file => {
    const { size, ctimeMs } = statSync(path.join(root, file));
    if (ctimeMs > before) throw new Error(`cannot bundle ${file}: it is being changed`);
    return [file, size, ctimeMs];
  });
  mkdirSync(folder, { recursive: true });
  // Renamed into place, so that no other call reads half of it.
  const unfinished = `${bundle}.${process.pid}`;
  writeFileSync(unfinished, `//${JSON.stringify(inputs)}\n${outputFiles[0].text}`);
  renameSync(unfinished, bundle);
  return bundle;
}

/** Messages of schema errors come in some forty languages; we speak English. */
const english = {
  name: 'english',
  setup({ onLoad }) {
    onLoad({ filter: /\/zod\/v4\/locales\/index\.js$/ }, () => ({
      contents: "export { default as en } from './en.js';",
      resolveDir: path.join(root, 'node_modules/zod/v4/locales'),
    }));
  },
};
