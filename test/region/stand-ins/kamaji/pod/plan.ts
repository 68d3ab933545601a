import { at, list, num, str } from '../../../json.ts';
import type { KubeObject } from '../../../kube.ts';
import { CONTROLLER_MANAGER_PORT, SCHEDULER_PORT } from '../containers.ts';
import { emulatedVersion } from '../versions.ts';

/** The programs of a control plane that are run; the ports that those listen on whose arguments name none. */
const programs = {
  'kube-apiserver': 6443,
  'kube-controller-manager': CONTROLLER_MANAGER_PORT,
  'kube-scheduler': SCHEDULER_PORT,
} as const;
export type ControlPlaneProgram = keyof typeof programs;

/** One container as a process of this machine. */
export interface ContainerPlan {
  name: string;
  program: ControlPlaneProgram;
  args: string[];
  /** Kubeconfigs among its files, which name the API server beside it by a port that is another here. */
  kubeconfigs: string[];
  startup?: Probe;
  readiness?: Probe;
  liveness?: Probe;
}

/** An HTTP probe by the port of this machine. */
export interface Probe {
  url: string;
  periodMs: number;
  failures: number;
}

/** The ports that a Pod's programs listen on. */
export function portsOf(pod: KubeObject): number[] {
  return containersOf(pod).map(({ container, program }) => portOf(container, program));
}

/**
 * A Pod's containers as processes: their own arguments with ports and files as they are here. What is added is what
 * this machine asks for: addresses, a folder, and the minor that the one build of Kubernetes is to behave as.
 */
export function planContainers(
  pod: KubeObject,
  ports: ReadonlyMap<number, number>,
  hostPath: (container: string, path: string) => string,
): ContainerPlan[] {
  return containersOf(pod).map(({ container, name, program }) => {
    const port = ports.get(portOf(container, program)) ?? 0;
    const kubeconfigs = new Set<string>();
    const args = argsOf(container).flatMap(arg => {
      const { flag, value } = split(arg);
      if (program === 'kube-controller-manager' && notHere.has(flag)) return [];
      if (flag === '--secure-port') return `${flag}=${port}`;
      if (flag === '--bind-address') return `${flag}=127.0.0.1`;
      if (!value.startsWith('/') || flag === '--etcd-prefix') return arg;
      const file = hostPath(name, value);
      if (flag.endsWith('kubeconfig')) kubeconfigs.add(file);
      return `${here[flag] ?? flag}=${file}`;
    });
    const { minor } = emulatedVersion((str(at(container, 'image')) ?? '').split(':').at(-1) ?? '');
    const probe = (kind: string) => probeOf(at(container, kind), ports);
    const [startup, readiness, liveness] = ['startupProbe', 'readinessProbe', 'livenessProbe'].map(probe);
    return {
      name,
      program,
      args: [
        ...args,
        ...extra(program, port, path => hostPath(name, path)),
        `--emulated-version=kube=${minor}`,
        '--profiling=false',
      ],
      kubeconfigs: [...kubeconfigs],
      ...(startup && { startup }),
      ...(readiness && { readiness }),
      ...(liveness && { liveness }),
    };
  });
}

/**
 * Whom the controller manager itself lets in by certificates: nobody here asks it anything but its health. Files of
 * authorities are watched, and the machine has 128 file watchers for all its programs.
 */
const notHere: ReadonlySet<string> = new Set(['--client-ca-file', '--requestheader-client-ca-file']);

/** For the same reason only what kubelets ask for is signed: each further signer would watch its files. */
const here: Record<string, string> = {
  '--cluster-signing-cert-file': '--cluster-signing-kubelet-client-cert-file',
  '--cluster-signing-key-file': '--cluster-signing-kubelet-client-key-file',
};

function extra(program: ControlPlaneProgram, port: number, hostPath: (path: string) => string): string[] {
  if (program === 'kube-apiserver') {
    // No endpoints of the Service `kubernetes`: they would carry this machine's port.
    return ['--bind-address=127.0.0.1', '--endpoint-reconciler-type=none', '--shutdown-delay-duration=0s'];
  }
  // The default, 20 requests a second, makes starting forty controllers take five seconds.
  const common = [`--secure-port=${port}`, '--kube-api-qps=200', '--kube-api-burst=400'];
  // It creates this folder; the default lies in the system's.
  const folder = () => hostPath('/etc/kubernetes/flex-volumes');
  if (program === 'kube-scheduler') return common;
  // Told of no authorities it would look for them in its API server, and end while that is not up.
  return [...common, `--flex-volume-plugin-dir=${folder()}`, '--authentication-skip-lookup=true'];
}

function containersOf(pod: KubeObject) {
  return list(at(pod, 'spec', 'containers')).flatMap(container => {
    const program = (str(at(container, 'command', 0)) ?? '').replace(/^.*\//, '');
    const name = str(at(container, 'name')) ?? '';
    return isProgram(program) ? [{ container, name, program }] : [];
  });
}

function isProgram(name: string): name is ControlPlaneProgram {
  return name in programs;
}

function portOf(container: unknown, program: ControlPlaneProgram): number {
  const asked = argsOf(container).find(arg => split(arg).flag === '--secure-port');
  return asked === undefined ? programs[program] : Number(split(asked).value);
}

function argsOf(container: unknown): string[] {
  return [...list(at(container, 'command')).slice(1), ...list(at(container, 'args'))].flatMap(arg => str(arg) ?? []);
}

function split(arg: string): { flag: string; value: string } {
  const index = arg.indexOf('=');
  return index < 0 ? { flag: arg, value: '' } : { flag: arg.slice(0, index), value: arg.slice(index + 1) };
}

function probeOf(probe: unknown, ports: ReadonlyMap<number, number>): Probe | undefined {
  const get = at(probe, 'httpGet');
  const port = ports.get(num(at(get, 'port')) ?? 0);
  if (port === undefined) return undefined;
  const scheme = (str(at(get, 'scheme')) ?? 'HTTP').toLowerCase();
  return {
    url: `${scheme}://127.0.0.1:${port}${str(at(get, 'path')) ?? '/'}`,
    periodMs: (num(at(probe, 'periodSeconds')) ?? 10) * 1_000,
    failures: num(at(probe, 'failureThreshold')) ?? 3,
  };
}
