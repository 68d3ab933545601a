import { execFileSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { NODE_ENV, NODE_FLAGS } from '../../scripts/runtime.ts';
import { type Case, quickStartCases } from './cases.ts';
import { type BytesClient, connectBytes } from './client.ts';
import { dearestCases } from './dearest.ts';
import { startProgram } from './program.ts';
import { quantile } from './quantile.ts';
import { FUNCTION_ARGS } from './start-up.ts';

/**
 * `npm run bench:against -- DIR/dist/start.cjs`: the bundle of this checkout beside one of an earlier commit, in one run.
 * Calls alternate one by one, so that a machine which becomes slower meanwhile does so for both.
 */
const [entry] = process.argv.slice(2);
if (!entry) throw new Error('cannot compare: name the entry of the other bundle, for example ../before/dist/start.cjs');
const CALLS = 300;
const WARM_UP = 200;

process.chdir(fileURLToPath(new URL('../..', import.meta.url)));
execFileSync(process.execPath, ['scripts/bundle.ts'], { stdio: 'inherit' });
const flags = FUNCTION_ARGS.slice(NODE_FLAGS.length + 1);
const start = (file: string) => startProgram([...NODE_FLAGS, file, ...flags, '--port', '0'], NODE_ENV);
const [own = ''] = FUNCTION_ARGS.slice(NODE_FLAGS.length);
const [now, before] = [await start(own), await start(entry)];
const clients = { now: connectBytes(now.port), before: connectBytes(before.port) };
console.log('| composite | objects | now p50 | before p50 | ratio | now p99 | before p99 |');
console.log('|---|---|---|---|---|---|---|');
for (const one of [...(await quickStartCases()), ...dearestCases()]) console.log(await row(one));
await Promise.all([now.stop(), before.stop()]);
process.exit(0);

async function row(one: Case): Promise<string> {
  const took = { now: [] as number[], before: [] as number[] };
  for (let call = 0; call < WARM_UP + CALLS; call += 1) {
    for (const name of call % 2 === 0 ? (['now', 'before'] as const) : (['before', 'now'] as const)) {
      const milliseconds = await timed(clients[name], one);
      if (call >= WARM_UP) took[name].push(milliseconds);
    }
  }
  const at = (share: number) => [quantile(took.now, share), quantile(took.before, share)] as const;
  const [[half, halfBefore], [tail, tailBefore]] = [at(0.5), at(0.99)];
  const cells = [half, halfBefore].map(value => `${value.toFixed(2)} ms`);
  const tails = [tail, tailBefore].map(value => `${value.toFixed(2)} ms`);
  return `| ${[one.kind, one.composed, ...cells, (half / halfBefore).toFixed(2), ...tails].join(' | ')} |`;
}

async function timed(client: BytesClient, { request }: Case): Promise<number> {
  const started = performance.now();
  await client.run(request);
  return performance.now() - started;
}
