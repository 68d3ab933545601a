import { spawn } from 'node:child_process';

/** Ends guarded processes when this process is gone, however it went. */
export interface Watchdog {
  guard(pid: number): void;
  release(pid: number): void;
  stop(): void;
}

/**
 * Starts a shell that reads from a pipe only we hold. When we end, SIGKILL included, the kernel closes the pipe,
 * and the shell kills every process group still on its list. No exit handler can promise that.
 */
export function startWatchdog(): Watchdog {
  const shell = spawn('sh', ['-c', SCRIPT], { stdio: ['pipe', 'ignore', 'ignore'], detached: true });
  // It must not keep us alive, and a write after its end must not bring us down.
  shell.unref();
  shell.stdin.on('error', () => undefined);
  const tell = (line: string): void => {
    if (shell.stdin.writable) shell.stdin.write(`${line}\n`);
  };
  return {
    guard: pid => tell(`+ ${pid}`),
    release: pid => tell(`- ${pid}`),
    stop: () => shell.stdin.end(),
  };
}

const SCRIPT = `
trap '' INT TERM HUP
pids=' '
while read -r action pid; do
  case $action in
    +) pids="$pids$pid " ;;
    -) case $pids in *" $pid "*) pids="\${pids%% $pid *} \${pids#* $pid }" ;; esac ;;
  esac
done
for pid in $pids; do kill -s KILL -- "-$pid"; done
`;
