import { readFile, writeFile } from 'node:fs/promises';
import type { KubeObject } from '../../../kube.ts';
import { freePorts } from '../../../ports.ts';
import type { Supervisor } from '../../../process.ts';
import type { PodRuntime, PodSandbox } from '../../nodes/runtime.ts';
import { TENANT_LABEL } from '../deployment.ts';
import { type Container, keepRunning } from './container.ts';
import { type ControlPlaneProgram, planContainers, portsOf } from './plan.ts';

/** How tenants' control planes run. */
export interface ControlPlaneRuntimeOptions {
  binaries: (name: ControlPlaneProgram) => string;
  processes: Supervisor;
  /** Way to the in-cluster names of the DataStore's endpoints. */
  proxyUrl: string;
  /** Processes for each Pod, or those of one that stand for all Pods of a rollout, which saves memory. */
  apiServersPerClaim: 'asked' | 1;
}

/**
 * Runs a tenant's control-plane Pod: every program its containers name, with their own arguments, files and probes. As on
 * a real node a container that ends is started again by itself, and the Pod goes on.
 */
export function controlPlaneRuntime(options: ControlPlaneRuntimeOptions): PodRuntime {
  const shared = new Map<string, { started: Promise<Programs>; users: number }>();

  const acquire = (sandbox: PodSandbox): Promise<Programs> => {
    if (options.apiServersPerClaim === 'asked') return launch(options, sandbox);
    const key = rolloutOf(sandbox.pod);
    const entry = shared.get(key) ?? { started: launch(options, sandbox), users: 0 };
    entry.users += 1;
    shared.set(key, entry);
    entry.started.catch(() => shared.get(key) === entry && shared.delete(key));
    return entry.started;
  };

  /** Ends the processes unless other Pods still stand on them. */
  const release = async (sandbox: PodSandbox, programs: Programs, how: 'stop' | 'kill'): Promise<void> => {
    const key = rolloutOf(sandbox.pod);
    const entry = shared.get(key);
    if (entry) {
      entry.users -= 1;
      if (entry.users > 0) return;
      shared.delete(key);
    }
    await Promise.all(programs.containers.map(({ container }) => container.end(how)));
  };

  return {
    name: 'control plane',
    runs: pod => pod.metadata.labels?.[TENANT_LABEL] !== undefined && portsOf(pod).length > 0,
    async start(sandbox) {
      const programs = await acquire(sandbox);
      for (const [port, local] of programs.ports) sandbox.expose(port, local);
      let left: (reason: string) => void = () => undefined;
      const gone = new Promise<string>(resolve => {
        left = resolve;
      });
      const end = async (how: 'stop' | 'kill') => {
        left('the Pod was ended');
        await release(sandbox, programs, how);
      };
      return {
        async ready() {
          // In order, and no further than the first that is not: the others wait for the API server.
          for (const { container } of programs.containers) if (!(await container.ready())) return false;
          return true;
        },
        containers: () =>
          Object.fromEntries(programs.containers.map(({ name, container }) => [name, container.state()])),
        exited: gone,
        stop: () => end('stop'),
        kill: () => end('kill'),
      };
    },
  };
}

interface Programs {
  containers: { name: string; container: Container }[];
  /** Ports of the Pod, by those of this machine. */
  ports: Map<number, number>;
}

async function launch(options: ControlPlaneRuntimeOptions, sandbox: PodSandbox): Promise<Programs> {
  const { pod, hostPath } = sandbox;
  const wanted = portsOf(pod);
  const free = await freePorts(wanted.length);
  const ports = new Map(wanted.map((port, index) => [port, free[index] ?? 0]));
  const plans = planContainers(pod, ports, hostPath);
  for (const file of new Set(plans.flatMap(plan => plan.kubeconfigs))) await pointHome(file, ports);
  const containers = plans.map(plan => {
    const start = () =>
      options.processes.start({
        name: `${plan.program}-${pod.metadata.namespace}-${pod.metadata.name}`,
        command: options.binaries(plan.program),
        args: plan.args,
        env: { HTTPS_PROXY: options.proxyUrl },
        graceMs: 2_000,
      });
    const log = (line: string) => sandbox.log(`${pod.metadata.namespace}/${pod.metadata.name}: ${line}`);
    return { name: plan.name, container: keepRunning(plan, start, log) };
  });
  return { containers, ports };
}

/** A kubeconfig that leads to the API server of its own Pod names the Pod's port. */
async function pointHome(file: string, ports: Map<number, number>): Promise<void> {
  const text = await readFile(file, 'utf8');
  const changed = text.replace(/https:\/\/(?:localhost|127\.0\.0\.1):(\d+)/g, (whole, port: string) => {
    const local = ports.get(Number(port));
    return local === undefined ? whole : `https://127.0.0.1:${local}`;
  });
  await writeFile(file, changed, { mode: 0o600 });
}

function rolloutOf({ metadata }: KubeObject): string {
  return `${metadata.namespace}/${metadata.labels?.[TENANT_LABEL]}/${metadata.labels?.['pod-template-hash']}`;
}
