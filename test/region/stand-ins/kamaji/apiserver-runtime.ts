import { readFile } from 'node:fs/promises';
import { at, list, str } from '../../json.ts';
import type { KubeObject } from '../../kube.ts';
import { freePort } from '../../ports.ts';
import { answers } from '../../probe.ts';
import type { Running, Supervisor } from '../../process.ts';
import type { PodRuntime, PodSandbox } from '../nodes/runtime.ts';
import { TENANT_LABEL } from './deployment.ts';
import { emulatedVersion } from './versions.ts';

/** How tenants' API servers run. */
export interface ApiServerRuntimeOptions {
  binary: string;
  processes: Supervisor;
  /** Way to the in-cluster names of the DataStore's endpoints. */
  proxyUrl: string;
  /** One process for each Pod, or one that stands for all Pods of a rollout, which saves memory. */
  apiServersPerClaim: 'asked' | 1;
}

/** Runs a tenant's control-plane Pod: the real kube-apiserver with the Pod's own arguments and Secrets. */
export function apiServerRuntime(options: ApiServerRuntimeOptions): PodRuntime {
  const shared = new Map<string, { started: Promise<ApiServer>; users: number }>();

  const acquire = (sandbox: PodSandbox): Promise<ApiServer> => {
    if (options.apiServersPerClaim === 'asked') return launch(options, sandbox);
    const key = rolloutOf(sandbox.pod);
    const entry = shared.get(key) ?? { started: launch(options, sandbox), users: 0 };
    entry.users += 1;
    shared.set(key, entry);
    entry.started
      .then(({ running }) => running.exited)
      .finally(() => shared.get(key) === entry && shared.delete(key))
      .catch(() => undefined);
    return entry.started;
  };

  /** Ends the process unless other Pods still stand on it. */
  const release = async (sandbox: PodSandbox, { running }: ApiServer, how: 'stop' | 'kill'): Promise<void> => {
    const key = rolloutOf(sandbox.pod);
    const entry = shared.get(key);
    if (entry) {
      entry.users -= 1;
      if (entry.users > 0) return;
      shared.delete(key);
    }
    await running[how]();
  };

  return {
    name: 'kube-apiserver',
    runs: pod => pod.metadata.labels?.[TENANT_LABEL] !== undefined && apiServerOf(pod) !== undefined,
    async start(sandbox) {
      const server = await acquire(sandbox);
      sandbox.expose(portOf(sandbox.pod), server.port);
      let left: (reason: string) => void = () => undefined;
      const gone = new Promise<string>(resolve => {
        left = resolve;
      });
      const end = async (how: 'stop' | 'kill') => {
        left('the Pod was ended');
        await release(sandbox, server, how);
      };
      return {
        ready: () => answers(`https://127.0.0.1:${server.port}/readyz`),
        exited: Promise.race([gone, server.running.exited.then(code => lastWords(server.running.logFile, code))]),
        stop: () => end('stop'),
        kill: () => end('kill'),
      };
    },
  };
}

interface ApiServer {
  running: Running;
  port: number;
}

async function launch(options: ApiServerRuntimeOptions, sandbox: PodSandbox): Promise<ApiServer> {
  const { pod, hostPath } = sandbox;
  const container = apiServerOf(pod);
  const port = await freePort();
  const version = (str(at(container, 'image')) ?? '').split(':').at(-1) ?? '';
  const { minor } = emulatedVersion(version);
  const args = list(at(container, 'args')).flatMap(entry => str(entry) ?? []);
  const running = await options.processes.start({
    name: `kube-apiserver-${pod.metadata.namespace}-${pod.metadata.name}`,
    command: options.binary,
    args: [
      ...args.map(arg => localArgument(arg, port, path => hostPath('kube-apiserver', path))),
      '--bind-address=127.0.0.1',
      '--advertise-address=127.0.0.1',
      // No endpoints of the Service `kubernetes`: loopback addresses are refused there.
      '--endpoint-reconciler-type=none',
      '--shutdown-delay-duration=0s',
      '--profiling=false',
      `--emulated-version=kube=${minor}`,
    ],
    env: { HTTPS_PROXY: options.proxyUrl },
    graceMs: 2_000,
  });
  return { running, port };
}

/** An argument of the container as this machine needs it. */
export function localArgument(arg: string, port: number, hostPath: (path: string) => string): string {
  if (arg.startsWith('--secure-port=')) return `--secure-port=${port}`;
  const file = /^(--[a-z-]+=)(\/etc\/kubernetes\/.*)$/.exec(arg);
  return file ? `${file[1]}${hostPath(file[2] ?? '')}` : arg;
}

function apiServerOf(pod: KubeObject): unknown {
  return list(at(pod, 'spec', 'containers')).find(entry => at(entry, 'name') === 'kube-apiserver');
}

function portOf(pod: KubeObject): number {
  const args = list(at(apiServerOf(pod), 'args')).flatMap(entry => str(entry) ?? []);
  return Number(args.find(arg => arg.startsWith('--secure-port='))?.slice('--secure-port='.length) ?? 6443);
}

function rolloutOf({ metadata }: KubeObject): string {
  return `${metadata.namespace}/${metadata.labels?.[TENANT_LABEL]}/${metadata.labels?.['pod-template-hash']}`;
}

async function lastWords(logFile: string, code: number | null): Promise<string> {
  const lines = (await readFile(logFile, 'utf8').catch(() => '')).trimEnd().split('\n');
  const last = lines.findLast(line => /^[EF]\d|^Error|^"?command failed/.test(line)) ?? lines.at(-1) ?? '';
  return `kube-apiserver ended with ${code ?? 'a signal'}: ${last.slice(0, 600)}`;
}
