import type { Socket } from 'node:net';
import type { Kube } from '../../../kube.ts';
import type { Log } from '../../../log.ts';
import { startConnectProxy } from './connect-proxy.ts';
import { type ServiceDirectory, watchServices } from './services.ts';
import { dial, type Forward, listen } from './sockets.ts';
import { startSocksProxy } from './socks-proxy.ts';

export type { Forward } from './sockets.ts';

/**
 * Stand-in for CNI, cluster DNS and kube-proxy of the management cluster: Pods get addresses of their own, and a
 * name such as `member.etcd.tenant.svc` leads through the real Service and EndpointSlices to the process behind
 * the Pod. Programs dial in-cluster names unchanged by HTTPS_PROXY, so TLS is verified against those names.
 */
export interface PodNetwork {
  /** For HTTPS_PROXY of programs that dial in-cluster names. */
  proxyUrl: string;
  /** The same for HTTP_PROXY of programs that forward requests. */
  socksUrl: string;
  /** A fresh Pod address. */
  assignIp(): string;
  /** What listens on the Pod's port is a local process's port. */
  expose(ip: string, port: number, localPort: number): void;
  /** The Pod is gone, or its machine. */
  withdraw(ip: string): void;
  /** Connects as a Pod would: to a Service or Pod, by name or address. */
  connect(host: string, port: number): Promise<Socket>;
  /** Listens on 127.0.0.1 and passes each connection on to an in-cluster name, as `kubectl port-forward` does. */
  forward(host: string, port: number, localPort?: number): Promise<Forward>;
  stop(): Promise<void>;
}

/** Starts the network; `kube` reads Services and EndpointSlices. */
export async function startPodNetwork(kube: Kube, log: Log): Promise<PodNetwork> {
  const services: ServiceDirectory = watchServices(kube, log);
  const listeners = new Map<string, number>();
  const sockets = new Set<Socket>();
  const assignIp = ipAssigner();

  const track = (socket: Socket): Socket => {
    sockets.add(socket);
    socket.once('close', () => sockets.delete(socket));
    return socket;
  };

  const connect = async (host: string, port: number): Promise<Socket> => {
    // The endpoint of a tenant is a port of this machine, the same from inside the network and from outside.
    const own = host === '127.0.0.1' || host === 'localhost' ? await dial(port) : undefined;
    if (own) return track(own);
    const targets = services.resolve(host, port);
    if (targets.length === 0) throw new Error(`cannot reach ${host}:${port}: no ready endpoint`);
    for (const target of targets) {
      const localPort = listeners.get(`${target.ip}:${target.port}`);
      const socket = localPort === undefined ? undefined : await dial(localPort);
      if (socket) return track(socket);
    }
    throw new Error(`cannot reach ${host}:${port}: connection refused`);
  };

  const forwards = new Set<Forward>();
  const proxy = await startConnectProxy(connect);
  const socks = await startSocksProxy(connect);

  return {
    proxyUrl: `http://127.0.0.1:${proxy.port}`,
    socksUrl: `socks5://127.0.0.1:${socks.port}`,
    assignIp,
    expose: (ip, port, localPort) => void listeners.set(`${ip}:${port}`, localPort),
    withdraw(ip) {
      for (const key of listeners.keys()) if (key.startsWith(`${ip}:`)) listeners.delete(key);
    },
    connect,
    async forward(host, port, localPort = 0) {
      const forward = await listen(() => connect(host, port), localPort);
      forwards.add(forward);
      return {
        port: forward.port,
        async stop() {
          forwards.delete(forward);
          await forward.stop();
        },
      };
    },
    async stop() {
      services.stop();
      for (const socket of sockets) socket.destroy();
      await Promise.all([proxy.stop(), socks.stop(), ...[...forwards].map(forward => forward.stop())]);
    },
  };
}

/** Addresses of 10.128.0.0/9, which no real cluster network on this machine is asked for. */
function ipAssigner(): () => string {
  let last = 0;
  return () => {
    last += 1;
    return `10.${128 + (last >> 16)}.${(last >> 8) & 255}.${last & 255}`;
  };
}
