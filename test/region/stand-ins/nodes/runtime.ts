import type { KubeObject } from '../../kube.ts';

/** Runs the containers of some Pods for real: an etcd member, a tenant's API server, a virtual machine. */
export interface PodRuntime {
  name: string;
  /** Whether this runtime runs the Pod. */
  runs(pod: KubeObject): boolean;
  /** Starts the containers. A rejection is a crash: the kubelet says it in the Pod's status and tries again. */
  start(sandbox: PodSandbox): Promise<RunningPod>;
}

/** What the kubelet hands a runtime. */
export interface PodSandbox {
  pod: KubeObject;
  ip: string;
  /** The path on this machine of a path inside a container, through its volume mounts. */
  hostPath(container: string, path: string): string;
  /** Makes a container's port reachable in the Pod network. */
  expose(port: number, localPort: number): void;
  /** Lines for the kubelet's log. */
  log(line: string): void;
}

/** How a single container does. */
export interface ContainerState {
  ready: boolean;
  restarts: number;
  /** Why it last ended, while it waits to be started again. */
  crashed?: string;
}

/** A started Pod. */
export interface RunningPod {
  /** The readiness probe, asked again and again. */
  ready(): Promise<boolean>;
  /** Resolves with the reason when the containers end by themselves. */
  exited: Promise<string>;
  /** How each container does, for a runtime that restarts single ones; the others' are as the Pod. */
  containers?(): Record<string, ContainerState>;
  /** Ends the containers in order. */
  stop(): Promise<void>;
  /** Ends them as a power cut does. */
  kill(): Promise<void>;
}

/** What stands for a Pod without a runtime: it runs and does nothing. */
export function idlePod(): RunningPod {
  return {
    ready: async () => true,
    exited: new Promise(() => undefined),
    stop: async () => undefined,
    kill: async () => undefined,
  };
}
