import { execFileSync } from 'node:child_process';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { NODE_ENV, NODE_FLAGS } from '../../scripts/runtime.ts';
import { type Case, quickStartCases } from './cases.ts';
import { connectBytes } from './client.ts';
import { measureCommand } from './command.ts';
import { dearestCases } from './dearest.ts';
import { type LatencyRow, measureLatency } from './latency.ts';
import { startProgram } from './program.ts';
import { report } from './report.ts';
import { FUNCTION_ARGS, measureStartUp } from './start-up.ts';

/**
 * `npm run bench`: latency of every composite of the quick start and of the dearest claim
 * beside its floor, start-up time and idle memory of
 * the bundled function. With `--write` the figures go into docs/benchmarks.md.
 */
const { values: flags } = parseArgs({ options: { write: { type: 'boolean' }, calls: { type: 'string' } } });
const rounds = { rounds: 5, calls: Number(flags.calls ?? 200), warmUp: 500 };
const few = { rounds: 5, calls: Math.ceil(rounds.calls / 10), warmUp: 50 };

process.chdir(fileURLToPath(new URL('../..', import.meta.url)));
execFileSync(process.execPath, ['scripts/bundle.ts'], { stdio: 'inherit' });
const command = measureCommand(10);
const startUp = await measureStartUp(10);
const measured = await measureServers(await quickStartCases(), dearestCases());
const text = report({ ...measured, rounds, few, startUp, command });
console.log(`\n${text}`);
if (flags.write) await writeFigures(text);
process.exit(0);

async function measureServers(
  usual: readonly Case[],
  dearest: readonly Case[],
): Promise<{ latency: LatencyRow[]; dearest: LatencyRow[]; warm: number }> {
  const cases = [...usual, ...dearest];
  const dir = await mkdtemp(join(tmpdir(), 'hikube-bench-'));
  const answers = join(dir, 'answers.json');
  const answersByTag = cases.map(({ name, response }) => [name, response.toString('base64')]);
  await writeFile(answers, JSON.stringify(Object.fromEntries(answersByTag)));
  const ours = await startProgram([...FUNCTION_ARGS, '--port', '0'], NODE_ENV);
  const floor = await startProgram([...NODE_FLAGS, 'test/bench/floor.ts', answers], NODE_ENV);
  const clients = { ours: connectBytes(ours.port), floor: connectBytes(floor.port) };
  try {
    await checkAnswers(cases, clients.ours.run);
    const latency = await measureLatency(usual, clients, rounds);
    const warm = await ours.memory();
    return { latency, dearest: await measureLatency(dearest, clients, few), warm };
  } finally {
    clients.ours.close();
    clients.floor.close();
    await Promise.all([ours.stop(), floor.stop(), rm(dir, { recursive: true })]);
  }
}

/** Speed is worth nothing if the answer is another one. */
async function checkAnswers(cases: readonly Case[], run: (request: Buffer) => Promise<Buffer>): Promise<void> {
  for (const { name, request, response } of cases) {
    if (!response.equals(await run(request))) throw new Error(`cannot measure ${name}: the bundle answers differently`);
  }
}

async function writeFigures(text: string): Promise<void> {
  const file = 'docs/benchmarks.md';
  const page = await readFile(file, 'utf8');
  const marked = /<!-- figures -->[\s\S]*<!-- end of figures -->/;
  if (!marked.test(page)) throw new Error(`cannot write figures: ${file} has no place for them`);
  await writeFile(
    file,
    page.replace(marked, () => `<!-- figures -->\n\n${text}\n\n<!-- end of figures -->`),
  );
  console.log(`\nwritten to ${file}`);
}
