import { chmod, stat } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';

/**
 * Bundles the function into one file that starts with no node_modules beside it. `npm run build` and the Dockerfile
 * run this.
 */
const root = new URL('..', import.meta.url);
const outfile = fileURLToPath(new URL('dist/function.mjs', root));

await build({
  entryPoints: [fileURLToPath(new URL('src/function/main.ts', root))],
  outfile,
  bundle: true,
  platform: 'node',
  target: 'node24',
  format: 'esm',
  minify: true,
  // Errors are told apart and logged by name.
  keepNames: true,
  // grpc-js asks for it only when reflection of its own internals is switched on.
  external: ['@grpc/proto-loader'],
  alias: {
    // The SDK's index also loads its server, its logger and models of all of Kubernetes; the codec is all we use.
    '@crossplane-org/function-sdk-typescript': fileURLToPath(
      new URL('node_modules/@crossplane-org/function-sdk-typescript/dist/proto/run_function.js', root),
    ),
  },
  // Bundled CommonJS modules ask for Node's own modules by require.
  banner: { js: "import { createRequire as $require } from 'node:module';const require = $require(import.meta.url);" },
  legalComments: 'none',
  logLevel: 'warning',
});
await chmod(outfile, 0o755);
const { size } = await stat(outfile);
console.log(`dist/function.mjs: ${Math.round(size / 1024)} KiB`);
