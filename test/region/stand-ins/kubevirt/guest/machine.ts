import { setTimeout as delay } from 'node:timers/promises';
import { connect, type Kube, type KubeObject, type WatchEvent } from '../../../kube.ts';
import { readKubeconfig } from '../../../kubeconfig.ts';
import type { Log } from '../../../log.ts';
import type { Supervisor } from '../../../process.ts';
import { type PodNetwork, type PodRuntime, startKubelet } from '../../nodes/index.ts';
import { POD } from '../kinds.ts';
import { type Hardware, nodeResources } from './capacity.ts';
import { Refused, type Route } from './discovery.ts';
import { joinCluster, type Membership } from './join.ts';
import { readJoinConfig } from './join-config.ts';
import { createNodeAgent, type NodeAgent } from './node-agent.ts';
import { nodeDaemons } from './node-daemons.ts';
import { httpEcho } from './pods/http-echo.ts';
import { type ClusterAccess, podKubeconfig } from './pods/identity.ts';
import { startServiceProxy } from './pods/service-proxy.ts';
import { traefik } from './pods/traefik.ts';
import { parseUserData } from './user-data.ts';

/** A virtual machine that boots a node image. */
export interface MachineSpec {
  /** Host name, the name of the virtual machine. */
  name: string;
  namespace: string;
  ip: string;
  hardware: Hardware;
  /** Graphics cards passed through. */
  gpus: number;
  /** Kubernetes version of the node image. */
  version: string;
  /** cloud-init user data of the config drive. */
  userData: string;
}

/** What the machine's disk keeps over a restart. */
export interface Disk {
  membership?: Membership;
}

/** The platform as a machine sees it. */
export interface MachineHost {
  log: Log;
  /** Where the machine's Pods keep their volumes. */
  dir: string;
  disk: Disk;
  /** The network its Pods and itself are in. */
  network: Pick<PodNetwork, 'assignIp' | 'expose' | 'withdraw' | 'connect' | 'socksUrl'>;
  processes: Supervisor;
  binaries: (name: 'traefik') => string;
  /** How an in-cluster name or address is dialled. */
  route(endpoint: string): Promise<Route>;
  /** Told once when the machine can never join. */
  onRefused(message: string): void;
}

/** A running machine. */
export interface Machine {
  /** Ends it, in order or not: a guest gets no time to say goodbye to its cluster. */
  stop(): Promise<void>;
}

/** Boots a machine: it joins the cluster its user data names and then runs Pods as a node of it. */
export function bootMachine(spec: MachineSpec, host: MachineHost): Machine {
  const ending = new AbortController();
  const { signal } = ending;
  let node: Machine | undefined;

  const boot = async (): Promise<void> => {
    const config = readJoinConfig(parseUserData(spec.userData, metaData(spec)));
    for (let pause = FIRST_RETRY_MS; !signal.aborted; pause = Math.min(pause * 2, LAST_RETRY_MS)) {
      try {
        host.disk.membership ??= await joinCluster(config, spec.name, host.route);
        if (signal.aborted) return;
        node = await startNode(spec, host, host.disk.membership);
        if (signal.aborted) await node.stop();
        return;
      } catch (error) {
        if (error instanceof Refused) throw error;
        host.log(`${spec.name}: ${error instanceof Error ? error.message : String(error)}`);
        await delay(pause, undefined, { signal });
      }
    }
  };

  const booted = boot().catch((error: unknown) => {
    if (!signal.aborted) host.onRefused(error instanceof Error ? error.message : String(error));
  });

  return {
    async stop() {
      ending.abort();
      await node?.stop();
      await booted;
    },
  };
}

const FIRST_RETRY_MS = 500;
const LAST_RETRY_MS = 5_000;

function metaData({ name, namespace }: MachineSpec) {
  return { local_hostname: name, instance_id: `${name}.${namespace}` };
}

async function startNode(spec: MachineSpec, host: MachineHost, membership: Membership): Promise<Machine> {
  const route = await host.route(membership.endpoint);
  const { nodeName, kubelet } = membership;
  const kube = connect(membership.kubeconfig(route));
  const report = { name: nodeName, ip: spec.ip, version: spec.version, kubelet };
  const agent = createNodeAgent(kube, { ...report, resources: resourcesOf(spec, membership) }, host.log);
  try {
    await agent.start();
  } catch (error) {
    agent.stop();
    await kube.close();
    throw error;
  }
  const access = { kube, route, ca: readKubeconfig(membership.kubeconfig(route)).ca };
  const pods = runPods(spec, host, { nodeName, kube, runtimes: podRuntimes(spec, host, agent, access) });
  return {
    async stop() {
      agent.stop();
      await pods.stop();
      await kube.close();
    },
  };
}

function resourcesOf(spec: MachineSpec, { kubelet }: Membership) {
  try {
    return nodeResources(spec.hardware, kubelet);
  } catch (error) {
    throw new Refused(error instanceof Error ? error.message : String(error));
  }
}

function podRuntimes(spec: MachineSpec, host: MachineHost, agent: NodeAgent, access: ClusterAccess): PodRuntime[] {
  const { network, processes, log, dir } = host;
  const startProxy = async (pod: KubeObject) =>
    startServiceProxy({
      kubeconfig: await podKubeconfig(access, pod),
      log,
      expose: (port, local) => network.expose(spec.ip, port, local),
      connect: network.connect,
    });
  return [
    ...nodeDaemons({ agent, gpus: spec.gpus, startServiceProxy: startProxy }),
    traefik({ access, processes, binary: () => host.binaries('traefik'), dir, proxyUrl: network.socksUrl }),
    httpEcho(),
  ];
}

function runPods(
  spec: MachineSpec,
  host: MachineHost,
  node: { nodeName: string; kube: Kube; runtimes: PodRuntime[] },
): Machine {
  return startKubelet({
    name: `kubelet ${node.nodeName}`,
    kube: ownPodsOnly(node.kube, node.nodeName),
    log: host.log,
    dir: host.dir,
    owns: name => name === node.nodeName,
    nodeIp: () => spec.ip,
    network: host.network,
    runtimes: () => node.runtimes,
  });
}

/**
 * What a kubelet sees of the API: it watches the Pods bound to its node, the only ones it may select, and knows of
 * them what the watch told it. Reading a Pod that is gone would be refused to a node, not answered with "not found".
 */
function ownPodsOnly(kube: Kube, nodeName: string): Kube {
  const pods = new Map<string, KubeObject>();
  const remember = ({ type, object }: WatchEvent): void => {
    const key = `${object.metadata.namespace}/${object.metadata.name}`;
    if (type === 'DELETED') pods.delete(key);
    else pods.set(key, object);
  };
  return {
    ...kube,
    get: (kind, name, namespace) =>
      kind === POD ? Promise.resolve(pods.get(`${namespace}/${name}`)) : kube.get(kind, name, namespace),
    watch(kind, onEvent, options) {
      if (kind !== POD) return kube.watch(kind, onEvent, options);
      const seen = (event: WatchEvent): void => {
        remember(event);
        onEvent(event);
      };
      return kube.watch(kind, seen, { ...options, fieldSelector: `spec.nodeName=${nodeName}` });
    },
  };
}
