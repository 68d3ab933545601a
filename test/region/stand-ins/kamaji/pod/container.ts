import { readFile } from 'node:fs/promises';
import { setTimeout as delay } from 'node:timers/promises';
import { patience } from '../../../patience.ts';
import { answers } from '../../../probe.ts';
import type { Running } from '../../../process.ts';
import type { ContainerState } from '../../nodes/runtime.ts';
import type { ContainerPlan, Probe } from './plan.ts';

/** A container that is started again whenever it ends. */
export interface Container {
  /** Asks its startup probe until that succeeds once, then its readiness probe. */
  ready(): Promise<boolean>;
  state(): ContainerState;
  end(how: 'stop' | 'kill'): Promise<void>;
}

/** Starts a container and keeps it running, with back-off; `log` is told whenever it ended. */
export function keepRunning(
  plan: Pick<ContainerPlan, 'name' | 'startup' | 'readiness' | 'liveness'>,
  start: () => Promise<Running>,
  log: (line: string) => void,
): Container {
  const ending = new AbortController();
  const { signal } = ending;
  let running: Running | undefined;
  let started = false;
  let state: ContainerState = { ready: false, restarts: 0 };

  const live = async (): Promise<void> => {
    for (let quick = 0; !signal.aborted; quick += 1) {
      const since = Date.now();
      const process = await start();
      if (signal.aborted) return void (await process.kill());
      running = process;
      state = { ready: false, restarts: state.restarts };
      const over = new AbortController();
      void watchLife(process, over.signal).catch(() => undefined);
      const code = await process.exited;
      over.abort();
      running = undefined;
      started = false;
      if (signal.aborted) return;
      const crashed = await lastWords(process, code);
      state = { ready: false, restarts: state.restarts + 1, crashed };
      log(`${plan.name} ${crashed}`);
      if (Date.now() - since > LONG_MS) quick = 0;
      await delay(Math.min(1_000 * 2 ** quick, LAST_BACKOFF_MS), undefined, { signal });
    }
  };

  /** Ends a process whose liveness probe keeps failing, so that it is started anew. */
  const watchLife = async (process: Running, over: AbortSignal): Promise<void> => {
    const { liveness } = plan;
    if (!liveness) return;
    for (let failures = 0; failures < liveness.failures; ) {
      await delay(patience(liveness.periodMs), undefined, { signal: over });
      // Nothing is asked of what has not started: a machine that runs a whole region may be slower than any node.
      failures = !started || (await succeeds(liveness)) ? 0 : failures + 1;
    }
    log(`${plan.name} is ended: its liveness probe failed ${liveness.failures} times`);
    await process.stop();
  };

  const life = live().catch((error: unknown) => {
    if (!signal.aborted) log(`${plan.name}: ${String(error)}`);
  });

  return {
    async ready() {
      const asked = running;
      if (!asked) return false;
      started ||= await succeeds(plan.startup);
      const ready = started && (await succeeds(plan.readiness));
      if (running === asked) state = { ...state, ready };
      return ready && running === asked;
    },
    state: () => state,
    async end(how) {
      ending.abort();
      await running?.[how]();
      await life;
    },
  };
}

/** Real kubelets wait up to five minutes. */
const LAST_BACKOFF_MS = 10_000;
/** What ran this long is not in a loop of crashes. */
const LONG_MS = 60_000;

async function succeeds(probe: Probe | undefined): Promise<boolean> {
  return probe === undefined || answers(probe.url).catch(() => false);
}

async function lastWords({ logFile }: Running, code: number | null): Promise<string> {
  const lines = (await readFile(logFile, 'utf8').catch(() => '')).trimEnd().split('\n');
  const last = lines.findLast(line => /^[EF]\d|^Error|^"?command failed/.test(line)) ?? lines.at(-1) ?? '';
  return `ended with ${code ?? 'a signal'}: ${last.slice(0, 600)}`;
}
