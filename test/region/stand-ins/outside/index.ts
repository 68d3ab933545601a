import { isIP, type Socket } from 'node:net';
import { at, list, str } from '../../json.ts';
import type { GVK } from '../../kube.ts';
import { startConnectProxy } from '../nodes/network/connect-proxy.ts';
import { dial } from '../nodes/network/sockets.ts';
import type { SharedIngress } from '../shared-ingress/index.ts';
import type { PolicyRule, StandInContext } from '../stand-in.ts';

/** The world outside the platform. */
export interface Outside {
  /** For HTTPS_PROXY and HTTP_PROXY of whoever stands outside. */
  proxyUrl: string;
  stop(): Promise<void>;
}

const CLAIM: GVK = 'hikube.cloud/v1alpha1/HikubeCluster';

/**
 * Stand-in for the Internet and its DNS. The records are those that claims list in `status.dns`, as their tenants would
 * create them; the only address that answers is the shared ingress's. No Pod, Service or port of this machine is reached.
 */
export async function startOutside({ kube }: StandInContext, ingress: SharedIngress): Promise<Outside> {
  const resolve = async (name: string, hops = 0): Promise<string> => {
    if (isIP(name)) return name;
    const claims = await kube.list(CLAIM);
    const records = claims.flatMap(claim => list(at(claim, 'status', 'dns')));
    const target = str(
      at(
        records.find(record => at(record, 'name') === name && at(record, 'target')),
        'target',
      ),
    );
    if (target === undefined || hops > LONGEST_ALIAS) throw new Error(`cannot resolve ${name}: no such name outside`);
    return resolve(target, hops + 1);
  };
  const open = async (name: string, port: number): Promise<Socket> => {
    const address = await resolve(name.toLowerCase());
    const local = address === ingress.address ? ingress.ports.get(port) : undefined;
    const socket = local === undefined ? undefined : await dial(local);
    if (!socket) throw new Error(`cannot reach ${address}:${port} from outside`);
    return socket;
  };
  const proxy = await startConnectProxy(open);
  return { proxyUrl: `http://127.0.0.1:${proxy.port}`, stop: proxy.stop };
}

const LONGEST_ALIAS = 8;

/** What can be known of a claim's records outside. */
export const rules: PolicyRule[] = [{ apiGroups: ['hikube.cloud'], resources: ['hikubeclusters'], verbs: ['list'] }];
