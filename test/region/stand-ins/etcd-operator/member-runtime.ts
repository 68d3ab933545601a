import { readFile } from 'node:fs/promises';
import { request } from 'undici';
import { at, list, str } from '../../json.ts';
import type { KubeObject } from '../../kube.ts';
import { freePorts } from '../../ports.ts';
import type { Supervisor } from '../../process.ts';
import type { PodRuntime, PodSandbox, RunningPod } from '../nodes/runtime.ts';
import { peerNameProblem } from './peer-san.ts';

/**
 * Runs a member's Pod: the real etcd with the Pod's own command line and mounted Secrets. Peers and clients dial
 * in-cluster names through the Pod network, so etcd's own TLS verification decides who may talk to whom.
 */
export function etcdRuntime(options: { binary: string; processes: Supervisor; proxyUrl: string }): PodRuntime {
  return {
    name: 'etcd',
    runs: pod => str(at(etcdContainer(pod), 'command', 0)) === 'etcd',
    async start(sandbox) {
      const command = list(at(etcdContainer(sandbox.pod), 'command')).flatMap(entry => str(entry) ?? []);
      await checkPeerName(sandbox, command);
      const [client = 0, peer = 0, metrics = 0] = await freePorts(3);
      const ports = new Map([
        [2379, client],
        [2380, peer],
        [2381, metrics],
      ]);
      const { namespace, name } = sandbox.pod.metadata;
      const running = await options.processes.start({
        name: `etcd-${namespace}-${name}`,
        command: options.binary,
        args: [
          ...command.slice(1).map(arg => localArgument(arg, ports, path => sandbox.hostPath('etcd', path))),
          '--unsafe-no-fsync',
          '--log-level=warn',
          '--peer-skip-client-san-verification',
        ],
        env: { HTTPS_PROXY: options.proxyUrl, HTTP_PROXY: options.proxyUrl },
      });
      for (const [port, local] of ports) sandbox.expose(port, local);
      return {
        ready: () => healthy(metrics),
        exited: running.exited.then(code => lastWords(running.logFile, code)),
        stop: running.stop,
        kill: running.kill,
      } satisfies RunningPod;
    },
  };
}

/** A container's argument as this machine needs it: local ports to listen on, files by their real path. */
export function localArgument(arg: string, ports: Map<number, number>, hostPath: (path: string) => string): string {
  const listen = /^(--listen-[a-z-]+=\w+:\/\/)0\.0\.0\.0:(\d+)$/.exec(arg);
  if (listen) return `${listen[1]}127.0.0.1:${ports.get(Number(listen[2])) ?? 0}`;
  const file = /^(--(?:data-dir|[a-z-]+-file)=)(\/.*)$/.exec(arg);
  return file ? `${file[1]}${hostPath(file[2] ?? '')}` : arg;
}

function etcdContainer(pod: KubeObject): unknown {
  return list(at(pod, 'spec', 'containers')).find(entry => at(entry, 'name') === 'etcd');
}

async function checkPeerName({ pod, hostPath }: PodSandbox, command: string[]): Promise<void> {
  const file = command.find(arg => arg.startsWith('--peer-cert-file='))?.slice('--peer-cert-file='.length);
  if (!file) return;
  const certificate = await readFile(hostPath('etcd', file), 'utf8').catch(() => undefined);
  // A Secret without the key is etcd's to complain about.
  if (certificate === undefined) return;
  const { name, namespace = '' } = pod.metadata;
  const problem = peerNameProblem(certificate, { name, namespace, service: str(at(pod, 'spec', 'subdomain')) ?? '' });
  if (problem) throw new Error(problem);
}

async function healthy(port: number): Promise<boolean> {
  const { statusCode, body } = await request(`http://127.0.0.1:${port}/health`, { signal: AbortSignal.timeout(2_000) });
  await body.dump();
  return statusCode === 200;
}

async function lastWords(logFile: string, code: number | null): Promise<string> {
  const lines = (await readFile(logFile, 'utf8').catch(() => '')).trimEnd().split('\n');
  const fatal = lines.findLast(line => line.includes('"level":"fatal"')) ?? lines.at(-1) ?? '';
  return `etcd ended with ${code ?? 'a signal'}: ${fatal.slice(0, 600)}`;
}
