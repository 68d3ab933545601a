import { cpus, loadavg, release, totalmem } from 'node:os';
import type { CommandCost } from './command.ts';
import type { LatencyRow, Rounds, Spread } from './latency.ts';
import type { StartUp } from './start-up.ts';

export interface Measured {
  latency: readonly LatencyRow[];
  rounds: Rounds;
  /** The dearest claim that is accepted, with fewer calls. */
  dearest: readonly LatencyRow[];
  few: Rounds;
  startUp: StartUp;
  command: CommandCost;
  /** Resident memory in MiB of the function after all calls. */
  warm: number;
}

/** What issue and design aim at. */
const AIMS = { timesFloor: 2, dearestMs: 40, startMs: 150, idleMiB: 60, commandMs: 250 };

/** The result as Markdown, which reads well on a terminal too. */
export function report({ latency, rounds, dearest, few, startUp, command, warm }: Measured): string {
  const worst = Math.max(...latency.map(({ ours, floor }) => ours.p50 / floor.p50));
  const dearestMs = Math.max(...dearest.map(({ ours }) => ours.p50));
  return [
    machine(),
    `\n${rounds.rounds} rounds of ${rounds.calls} calls each, one at a time, contenders in turn.\n`,
    latencies(latency),
    `\nThe dearest claim that is accepted, ${few.rounds} rounds of ${few.calls} calls each.\n`,
    latencies(dearest),
    '',
    table(
      ['figure', 'value', 'aim', ''],
      [
        [
          'RunFunction against its floor, worst p50',
          `${worst.toFixed(2)} ×`,
          `≤ ${AIMS.timesFloor} ×`,
          worst <= AIMS.timesFloor,
        ],
        [
          'RunFunction for the dearest claim that is accepted, worst p50',
          `${dearestMs.toFixed(1)} ms`,
          `≤ ${AIMS.dearestMs} ms`,
          dearestMs <= AIMS.dearestMs,
        ],
        [
          `spawn to first health answer, p50 of ${startUp.starts} (bare Node: ${startUp.bare.p50.toFixed(0)} ms)`,
          `${startUp.p50.toFixed(0)} ms`,
          `≤ ${AIMS.startMs} ms`,
          startUp.p50 <= AIMS.startMs,
        ],
        [
          `idle memory (bare Node: ${startUp.bare.idle.toFixed(1)} MiB)`,
          `${startUp.idle.toFixed(1)} MiB`,
          `≤ ${AIMS.idleMiB} MiB`,
          startUp.idle <= AIMS.idleMiB,
        ],
        [
          `\`hikube validate\` of one file, processor time, p50 of ${command.calls} (bare Node: ${command.bare.toFixed(0)} ms)`,
          `${command.p50.toFixed(0)} ms`,
          `≤ ${AIMS.commandMs} ms`,
          command.p50 <= AIMS.commandMs,
        ],
      ].map(row => row.map(cell => (typeof cell === 'boolean' ? (cell ? 'met' : 'missed') : cell))),
    ),
    `\nSlowest start: ${startUp.slowest.toFixed(0)} ms, dearest call of \`hikube\`: ${command.slowest.toFixed(0)} ms. Memory after all calls: ${warm.toFixed(1)} MiB.`,
  ].join('\n');
}

function latencies(rows: readonly LatencyRow[]): string {
  return table(
    ['composite', 'objects', 'request', 'response', 'p50', 'floor', 'ratio', 'p99', 'floor', 'in process', 'codec'],
    rows.map(({ of, ours, floor, composing, codec }) => [
      of.kind,
      String(of.composed),
      kib(of.request.length),
      kib(of.response.length),
      ms(ours.p50),
      ms(floor.p50),
      (ours.p50 / floor.p50).toFixed(2),
      ms(ours.p99),
      ms(floor.p99),
      median(composing),
      median(codec),
    ]),
  );
}

function machine(): string {
  const [first] = cpus();
  const load = loadavg()[0] ?? 0;
  return (
    `${new Date().toISOString().slice(0, 10)}, ${cpus().length} × ${first?.model ?? 'unknown processor'}, ` +
    `${Math.round(totalmem() / 2 ** 30)} GiB, Linux ${release()}, Node ${process.version}, ` +
    `load average ${load.toFixed(1)} before the run.`
  );
}

function table(head: readonly string[], rows: readonly string[][]): string {
  const all = [head, ...rows];
  const widths = head.map((_, column) => Math.max(3, ...all.map(row => row[column]?.length ?? 0)));
  const line = (cells: readonly string[]) =>
    `| ${cells.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join(' | ')} |`;
  return [line(head), line(widths.map(width => '-'.repeat(width))), ...rows.map(line)].join('\n');
}

function median({ p50 }: Spread): string {
  return ms(p50);
}

function ms(value: number): string {
  return `${value.toFixed(2)} ms`;
}

function kib(bytes: number): string {
  return `${(bytes / 1024).toFixed(1)} KiB`;
}
