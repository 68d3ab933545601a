import { join } from 'node:path';
import { answers } from '../probe.ts';
import type { Running, Supervisor } from '../process.ts';
import { type ControlPlanePki, writeUserKubeconfig } from './pki.ts';

/** One kube-controller-manager. */
export interface ControllerManagerOptions {
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
  /** Controllers to run (default: all but the one that watches kubelets' heartbeats). */
  controllers?: string[];
  extraArgs?: string[];
}

/** Starts a kube-controller-manager under its own user, each controller under its own ServiceAccount. */
export async function startControllerManager(options: ControllerManagerOptions): Promise<Running> {
  const { supervisor, binary, name, dir, port, server, pki, emulatedVersion, extraArgs = [] } = options;
  const { controllers = ['*', '-node-lifecycle-controller'] } = options;
  const kubeconfig = await writeUserKubeconfig(pki, { dir, server, user: 'system:kube-controller-manager' });
  return supervisor.start({
    name,
    command: binary,
    args: [
      `--kubeconfig=${kubeconfig}`,
      `--service-account-private-key-file=${pki.tokenPrivateKeyFile}`,
      `--root-ca-file=${pki.caFile}`,
      // Only what kubelets ask for: each further signer would take one of the machine's 128 file watchers.
      `--cluster-signing-kubelet-client-cert-file=${pki.caFile}`,
      `--cluster-signing-kubelet-client-key-file=${pki.caKeyFile}`,
      '--use-service-account-credentials=true',
      '--leader-elect=false',
      '--bind-address=127.0.0.1',
      `--secure-port=${port}`,
      `--controllers=${controllers.join(',')}`,
      // The default, 20 requests a second, makes starting forty controllers take five seconds.
      '--kube-api-qps=200',
      '--kube-api-burst=400',
      // It creates this folder; the default lies in the system's.
      `--flex-volume-plugin-dir=${join(dir, 'flex-volumes')}`,
      '--profiling=false',
      ...(emulatedVersion ? [`--emulated-version=kube=${emulatedVersion}`] : []),
      ...extraArgs,
    ],
    ready: () => answers(`https://127.0.0.1:${port}/healthz`),
  });
}
