import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { at, list, num, str } from '../../../../json.ts';
import type { KubeObject } from '../../../../kube.ts';
import { freePorts } from '../../../../ports.ts';
import { answers } from '../../../../probe.ts';
import type { Supervisor } from '../../../../process.ts';
import type { PodRuntime } from '../../../nodes/index.ts';
import { type ClusterAccess, podKubeconfig } from './identity.ts';

/** What a machine gives the ingress controllers that run on it. */
export interface TraefikOptions {
  access: ClusterAccess;
  processes: Supervisor;
  binary: () => string;
  dir: string;
  /** The way to other Pods. */
  proxyUrl: string;
}

/** Runs Traefik for real: the arguments of its container, the rights of its ServiceAccount. */
export function traefik({ access, processes, binary, dir, proxyUrl }: TraefikOptions): PodRuntime {
  return {
    name: 'traefik',
    runs: pod => /(^|\/)traefik:/.test(str(at(containerOf(pod), 'image')) ?? ''),
    async start({ pod, expose }) {
      const wanted = list(at(containerOf(pod), 'ports')).map(port => num(at(port, 'containerPort')) ?? 0);
      const found = await freePorts(wanted.length);
      const ports = new Map(wanted.map((port, index) => [port, found[index] ?? 0]));
      const own = join(dir, pod.metadata.uid ?? '');
      await mkdir(own, { recursive: true, mode: 0o700 });
      const kubeconfig = join(own, 'kubeconfig');
      await writeFile(kubeconfig, await podKubeconfig(access, pod), { mode: 0o600 });
      const args = list(at(containerOf(pod), 'args')).flatMap(entry => str(entry) ?? []);
      const running = await processes.start({
        name: `traefik-${pod.metadata.namespace}-${pod.metadata.name}-${pod.metadata.uid?.slice(0, 8)}`,
        command: binary(),
        args: args.map(arg => localEntryPoint(arg, ports)),
        cwd: own,
        // Pods are reached by the proxy of their network, as every program here reaches them.
        env: { KUBECONFIG: kubeconfig, HTTP_PROXY: proxyUrl, HTTPS_PROXY: proxyUrl },
      });
      for (const [port, local] of ports) expose(port, local);
      const ping = num(at(containerOf(pod), 'readinessProbe', 'httpGet', 'port')) ?? 8080;
      return {
        ready: () => answers(`http://127.0.0.1:${ports.get(ping)}/ping`),
        exited: running.exited.then(code => `traefik ended with ${code ?? 'a signal'}`),
        stop: running.stop,
        kill: running.kill,
      };
    },
  };
}

/** `--entryPoints.web.address=:8000/tcp`, listening where this machine lets it. */
export function localEntryPoint(arg: string, ports: ReadonlyMap<number, number>): string {
  return arg.replace(/^(--entrypoints\.[^.]+\.address=):(\d+)/i, (whole, flag: string, port: string) => {
    const local = ports.get(Number(port));
    return local === undefined ? whole : `${flag}127.0.0.1:${local}`;
  });
}

function containerOf(pod: KubeObject): unknown {
  return list(at(pod, 'spec', 'containers'))[0];
}
