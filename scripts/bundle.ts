import { execFileSync } from 'node:child_process';
import { stat } from 'node:fs/promises';
import { join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build, type Plugin } from 'esbuild';
import { NODE_FLAGS } from './runtime.ts';

/**
 * Bundles the function into one file that starts with no node_modules beside it, and another that starts it from
 * compiled code, into `dist` or the folder named; `npm run build` and the Dockerfile run this. docs/benchmarks.md tells what each choice here is worth.
 */
const root = new URL('..', import.meta.url);
const at = (path: string): string => fileURLToPath(new URL(path, root));
const [folder = at('dist')] = process.argv.slice(2);
const program = join(folder, 'function.cjs');
const cachedStart = join(folder, 'start.cjs');

/** Parts of libraries that the function never reaches but would pay for in every start, and what stands in for them. */
const slim: Plugin = {
  name: 'slim',
  setup({ onLoad, onResolve }) {
    // Commander runs subcommands that are programs of their own; there are none.
    onResolve({ filter: /^node:child_process$/ }, ({ importer }) =>
      importer.includes('/commander/') ? { path: importer, namespace: 'nothing' } : undefined,
    );
    onLoad({ filter: /.*/, namespace: 'nothing' }, () => ({ contents: '' }));
    // Messages of schema errors in some forty languages; the function speaks English.
    onLoad({ filter: /\/zod\/v4\/locales\/index\.js$/ }, () => ({
      contents: "export { default as en } from './en.js';",
      resolveDir: at('node_modules/zod/v4/locales'),
    }));
    // The push gateway, the cluster aggregator, summaries and default metrics, which load cluster and perf_hooks.
    onLoad({ filter: /\/prom-client\/index\.js$/ }, () => ({
      contents: ['registry', 'counter', 'gauge', 'histogram']
        .map(name => `exports.${name.replace(/^./, first => first.toUpperCase())} = require('./lib/${name}');`)
        .join('\n'),
      resolveDir: at('node_modules/prom-client'),
    }));
    // The client half: channels, balancers, proxies. The server needs the resolver to read the address it binds.
    onLoad({ filter: /\/@grpc\/grpc-js\/build\/src\/index\.js$/ }, () => ({
      contents: `
        exports.Server = require('./server').Server;
        exports.ServerCredentials = require('./server-credentials').ServerCredentials;
        exports.status = require('./constants').Status;
        exports.logVerbosity = require('./constants').LogVerbosity;
        exports.setLogVerbosity = require('./logging').setLoggerVerbosity;
        exports.makeGenericClientConstructor = () => undefined;
        require('./resolver-dns').setup();`,
      resolveDir: at('node_modules/@grpc/grpc-js/build/src'),
    }));
    // The list of public suffixes: tens of thousands of numbers, which as a program's text would be held twice.
    onLoad({ filter: /\/tldts\/dist\/es6\/src\/data\/trie\.js$/ }, async ({ path }) => {
      const lists: Record<string, unknown> = await import(path);
      return { contents: Object.entries(lists).map(packed).join('\n') };
    });
    // Worker threads for log transports; this function writes to standard output itself.
    onLoad({ filter: /\/pino\/lib\/transport\.js$/ }, () => ({
      contents: "module.exports = () => { throw new Error('cannot use a log transport: the bundle has none'); };",
    }));
  },
};

/** A constant of a module, with lists of numbers as bytes. */
function packed([name, value]: [string, unknown]): string {
  if (!ArrayBuffer.isView(value)) return `export const ${name} = ${JSON.stringify(value)};`;
  const bytes = Buffer.from(value.buffer, value.byteOffset, value.byteLength).toString('base64');
  return `export const ${name} = new ${value.constructor.name}(Uint8Array.from(Buffer.from('${bytes}', 'base64')).buffer);`;
}

await build({
  entryPoints: [at('src/function/main.ts')],
  outfile: program,
  bundle: true,
  platform: 'node',
  target: 'node24',
  // Not ESM: Node keeps the text of an ES module twice.
  format: 'cjs',
  minify: true,
  // Beside the file, not in the image: reads the stack traces of a log back into names and lines.
  sourcemap: 'external',
  // grpc-js asks for it only when reflection of its own internals is switched on.
  external: ['@grpc/proto-loader'],
  alias: {
    // The SDK's index also loads its server, its logger and models of all of Kubernetes; the codec is all we use.
    '@crossplane-org/function-sdk-typescript': at(
      'node_modules/@crossplane-org/function-sdk-typescript/dist/proto/run_function.js',
    ),
    // The same libraries as ES modules, of which esbuild takes only what is used.
    yaml: at('node_modules/yaml/browser/index.js'),
    tldts: at('node_modules/tldts/dist/es6/index.js'),
  },
  plugins: [slim],
  legalComments: 'none',
  logLevel: 'warning',
});
await build({
  entryPoints: [at('src/function/cached-start.ts')],
  outfile: cachedStart,
  bundle: true,
  platform: 'node',
  target: 'node24',
  format: 'cjs',
  logLevel: 'warning',
});
execFileSync(process.execPath, [...NODE_FLAGS, cachedStart, '--write-cache'], {
  stdio: ['ignore', 'ignore', 'inherit'],
});
const { size } = await stat(program);
console.log(`${relative(process.cwd(), program)}: ${Math.round(size / 1024)} KiB`);
