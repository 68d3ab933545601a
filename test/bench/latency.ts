import { RunFunctionRequest, RunFunctionResponse } from '@crossplane-org/function-sdk-typescript';
import { type Case, realFunction } from './cases.ts';
import type { BytesClient } from './client.ts';
import { quantile } from './quantile.ts';

/** p50 and p99 in milliseconds. */
export interface Spread {
  p50: number;
  p99: number;
}

export interface LatencyRow {
  of: Case;
  /** Over gRPC: the bundled function, and the floor. */
  ours: Spread;
  floor: Spread;
  /** In this process, without transport. */
  composing: Spread;
  codec: Spread;
}

export interface Rounds {
  rounds: number;
  calls: number;
  warmUp: number;
}

/**
 * Calls both servers with each case, one call at a time. The contenders take turns within every round, so that a
 * machine which becomes slower or faster meanwhile does so for both.
 */
export async function measureLatency(
  cases: readonly Case[],
  servers: { ours: BytesClient; floor: BytesClient },
  { rounds, calls, warmUp }: Rounds,
): Promise<LatencyRow[]> {
  const contenders: Record<Contender, (one: Case) => unknown> = {
    ours: one => servers.ours.run(one.request),
    floor: one => servers.floor.run(one.request),
    composing: one => realFunction(one.request),
    codec: one => codecAlone(one),
  };
  const samples = new Map(cases.map(one => [one, { ours: [], floor: [], composing: [], codec: [] } as Samples]));
  for (const one of cases) {
    for (const name of CONTENDERS) await repeat(warmUp, () => contenders[name](one));
  }
  for (let round = 0; round < rounds; round += 1) {
    for (const [one, times] of samples) {
      const order = round % 2 === 0 ? CONTENDERS : CONTENDERS.toReversed();
      for (const name of order) times[name].push(...(await repeat(calls, () => contenders[name](one))));
    }
  }
  return [...samples].map(([of, times]) => ({
    of,
    ours: spread(times.ours),
    floor: spread(times.floor),
    composing: spread(times.composing),
    codec: spread(times.codec),
  }));
}

const CONTENDERS = ['ours', 'floor', 'composing', 'codec'] as const;
type Contender = (typeof CONTENDERS)[number];
type Samples = Record<Contender, number[]>;

const decodedResponses = new WeakMap<Case, RunFunctionResponse>();

function codecAlone(one: Case): void {
  const response = decodedResponses.get(one) ?? RunFunctionResponse.decode(one.response);
  decodedResponses.set(one, response);
  RunFunctionRequest.decode(one.request);
  RunFunctionResponse.encode(response).finish();
}

async function repeat(times: number, run: () => unknown): Promise<number[]> {
  const took: number[] = [];
  for (let index = 0; index < times; index += 1) {
    const started = performance.now();
    const pending = run();
    // Waiting for what is no promise would add a turn of the event loop to what is measured.
    if (pending instanceof Promise) await pending;
    took.push(performance.now() - started);
  }
  return took;
}

function spread(times: readonly number[]): Spread {
  return { p50: quantile(times, 0.5), p99: quantile(times, 0.99) };
}
