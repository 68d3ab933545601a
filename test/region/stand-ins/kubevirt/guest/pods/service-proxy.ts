import type { Socket } from 'node:net';
import { at, list, num } from '../../../../json.ts';
import { connect, type KubeObject } from '../../../../kube.ts';
import type { Log } from '../../../../log.ts';
import { watchServices } from '../../../nodes/network/services.ts';
import { type Forward, listen } from '../../../nodes/network/sockets.ts';

/** What the proxy of a node needs of the machine it runs on. */
export interface ServiceProxyOptions {
  kubeconfig: string;
  log: Log;
  /** Makes a port of the node reachable in the network the node is in. */
  expose(port: number, localPort: number): void;
  /** Connects to a Pod of the cluster, on whatever node it runs. */
  connect(ip: string, port: number): Promise<Socket>;
}

/** The part of a network agent that serves node ports: every node takes traffic for the Pods of a Service, its own or not. */
export function startServiceProxy(options: ServiceProxyOptions): { stop(): Promise<void> } {
  const { log } = options;
  const kube = connect(options.kubeconfig);
  const directory = watchServices(kube, log);
  const forwards = new Map<number, Promise<Forward>>();

  const serve = (service: KubeObject): void => {
    const { name, namespace } = service.metadata;
    for (const entry of list(at(service, 'spec', 'ports'))) {
      const [nodePort, port] = [num(at(entry, 'nodePort')), num(at(entry, 'port'))];
      if (nodePort === undefined || port === undefined || forwards.has(nodePort)) continue;
      const open = async (): Promise<Socket> => {
        const [target] = directory.resolve(`${name}.${namespace}.svc`, port);
        if (!target) throw new Error(`no ready endpoint of ${namespace}/${name}`);
        return options.connect(target.ip, target.port);
      };
      const forward = listen(open, 0);
      forwards.set(nodePort, forward);
      forward.then(
        ({ port: local }) => options.expose(nodePort, local),
        (error: unknown) => log(`node port ${nodePort}: ${String(error)}`),
      );
    }
  };
  const unfollow = kube.watch('v1/Service', ({ type, object }) => type !== 'DELETED' && serve(object), { log });

  return {
    async stop() {
      unfollow();
      directory.stop();
      await Promise.all([...forwards.values()].map(async forward => (await forward.catch(() => undefined))?.stop()));
      await kube.close();
    },
  };
}
