import { spawn } from 'node:child_process';
import { createWriteStream } from 'node:fs';
import { mkdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import type { Log } from './log.ts';
import { patience } from './patience.ts';
import { startWatchdog } from './watchdog.ts';

/** A program to start. */
export interface ProcessOptions {
  /** Also names its log file, so it is unique within the region. */
  name: string;
  command: string;
  args: string[];
  /** Added to a minimal environment (PATH, HOME); nothing else of ours is passed on. */
  env?: Record<string, string>;
  cwd?: string;
  /** Asked again and again until true; without it the process counts as ready at once. */
  ready?: () => Promise<boolean>;
  /** How long `ready` may take, before a slow machine's factor (default 60 s). */
  readyTimeoutMs?: number;
  /** How long SIGTERM may take before SIGKILL (default 3 s). */
  graceMs?: number;
}

/** A process under supervision. */
export interface Running {
  name: string;
  pid: number;
  /** SIGTERM, then SIGKILL after the grace time; resolves when it is gone. */
  stop(): Promise<void>;
  /** SIGKILL at once, as a machine that loses power would. */
  kill(): Promise<void>;
  exited: Promise<number | null>;
  logFile: string;
}

/** Starts processes and makes sure that none outlives the region. */
export interface Supervisor {
  logs: string;
  /** Resolves when the process is ready; rejects with its last lines when it ends or stalls before. */
  start(options: ProcessOptions): Promise<Running>;
  /** Kills all processes at once: a region's data is thrown away, so nothing is gained by ending it in order. */
  stop(): Promise<void>;
}

/** Makes a supervisor that keeps its logs in one folder and tells `log` about processes that end unasked. */
export async function createSupervisor({ logs, log }: { logs: string; log: Log }): Promise<Supervisor> {
  await mkdir(logs, { recursive: true });
  const watchdog = startWatchdog();
  const all = new Set<Running>();

  const start = async (options: ProcessOptions): Promise<Running> => {
    const { running, asked } = launch(options, logs);
    all.add(running);
    watchdog.guard(running.pid);
    let ready = false;
    const ended = running.exited.then(async code => {
      all.delete(running);
      watchdog.release(running.pid);
      const story = `${options.name} ended with ${code ?? 'a signal'}${await tail(running.logFile)}`;
      if (ready && !asked()) log(story);
      return story;
    });
    await becomeReady(options, ended, running);
    ready = true;
    return running;
  };

  return {
    logs,
    start,
    async stop() {
      await Promise.all([...all].map(running => running.kill()));
      watchdog.stop();
    },
  };
}

async function becomeReady(options: ProcessOptions, ended: Promise<string>, running: Running): Promise<void> {
  const { name, ready, readyTimeoutMs = 60_000 } = options;
  if (!ready) return;
  const deadline = Date.now() + patience(readyTimeoutMs);
  let story: string | undefined;
  void ended.then(value => {
    story = value;
  });
  while (true) {
    if (await ready().catch(() => false)) return;
    if (story !== undefined) throw new Error(`cannot start ${name}: ${story}`);
    if (Date.now() > deadline) {
      await running.kill();
      throw new Error(`cannot start ${name}: not ready in time${await tail(running.logFile)}`);
    }
    await Promise.race([delay(100), ended]);
  }
}

function launch(options: ProcessOptions, logs: string): { running: Running; asked: () => boolean } {
  const { name, command, args, env = {}, cwd, graceMs = 3_000 } = options;
  const logFile = join(logs, `${name}.log`);
  const output = createWriteStream(logFile, { flags: 'a' });
  const { PATH = '', HOME = '/' } = process.env;
  const child = spawn(command, args, {
    env: { PATH, HOME, ...env },
    ...(cwd && { cwd }),
    stdio: ['ignore', 'pipe', 'pipe'],
    // Its own process group: Ctrl-C must not reach it before the region stops it in order.
    detached: true,
  });
  child.stdout.pipe(output, { end: false });
  child.stderr.pipe(output, { end: false });
  let asked = false;

  const exited = new Promise<number | null>(resolve => {
    child.once('error', error => {
      output.end(`cannot run ${command}: ${error.message}\n`, () => resolve(null));
    });
    // 'close', not 'exit': the last lines must be in the log before anyone reads them.
    child.once('close', code => output.end(() => resolve(code)));
  });
  const signal = (which: 'SIGTERM' | 'SIGKILL'): void => {
    asked = true;
    child.kill(which);
  };
  const running: Running = {
    name,
    pid: child.pid ?? 0,
    exited,
    logFile,
    async kill() {
      signal('SIGKILL');
      await exited;
    },
    async stop() {
      signal('SIGTERM');
      const timer = setTimeout(() => signal('SIGKILL'), graceMs);
      await exited;
      clearTimeout(timer);
    },
  };
  return { running, asked: () => asked };
}

async function tail(logFile: string): Promise<string> {
  const text = await readFile(logFile, 'utf8').catch(() => '');
  const lines = text.trimEnd().split('\n').slice(-12);
  const hint = lines.some(line => line.includes('too many open files')) ? `\n${WATCHERS_HINT}` : '';
  return `; last lines of ${logFile}:\n  ${lines.join('\n  ')}${hint}`;
}

/** Nearly always it is not files that are short, but inotify instances: Go programs watch their certificates. */
const WATCHERS_HINT =
  'Too many programs watch files, of this region and others. Either stop some, or allow more by\n' +
  '  sudo sysctl -w fs.inotify.max_user_instances=1024';
