import { answers } from '../probe.ts';
import type { Running, Supervisor } from '../process.ts';
import { type ControlPlanePki, writeUserKubeconfig } from './pki.ts';

/** One kube-scheduler. */
export interface SchedulerOptions {
  supervisor: Supervisor;
  binary: string;
  name: string;
  /** For its kubeconfig. */
  dir: string;
  port: number;
  server: string;
  pki: ControlPlanePki;
  /** Minor it behaves as, such as `1.33`; its own by default. */
  emulatedVersion?: string;
  extraArgs?: string[];
}

/** Starts a kube-scheduler under its own user. */
export async function startScheduler(options: SchedulerOptions): Promise<Running> {
  const { supervisor, binary, name, dir, port, server, pki, emulatedVersion, extraArgs = [] } = options;
  const kubeconfig = await writeUserKubeconfig(pki, { dir, server, user: 'system:kube-scheduler' });
  return supervisor.start({
    name,
    command: binary,
    args: [
      `--kubeconfig=${kubeconfig}`,
      '--leader-elect=false',
      '--bind-address=127.0.0.1',
      `--secure-port=${port}`,
      '--kube-api-qps=200',
      '--kube-api-burst=400',
      '--profiling=false',
      ...(emulatedVersion ? [`--emulated-version=kube=${emulatedVersion}`] : []),
      ...extraArgs,
    ],
    ready: () => answers(`https://127.0.0.1:${port}/healthz`),
  });
}
