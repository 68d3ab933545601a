import { mkdir } from 'node:fs/promises';
import { listens } from '../probe.ts';
import type { Running, Supervisor } from '../process.ts';

/** Name of the region's own etcd: its data can be handed on only under the same name. */
export const ETCD_NAME = 'etcd';

/** One etcd member. */
export interface EtcdOptions {
  supervisor: Supervisor;
  binary: string;
  /** Name of the process and of the member. */
  name: string;
  dir: string;
  ports: { client: number; peer: number };
  /** Address it listens on (default 127.0.0.1). */
  address?: string;
  /** Serves clients over TLS and asks for their certificates. */
  tls?: EtcdTls;
  /** The same between members. */
  peerTls?: EtcdTls;
  /** Further flags, such as the initial cluster. */
  extraArgs?: string[];
  /** Default: the client port listens. A member of a new cluster listens only once it has a quorum. */
  ready?: () => Promise<boolean>;
}

/** Files of one side of TLS. */
export interface EtcdTls {
  caFile: string;
  certFile: string;
  keyFile: string;
}

/** Starts an etcd member without syncing to disk: the region's data need not survive a crash of the machine. */
export async function startEtcd(options: EtcdOptions): Promise<Running> {
  const { supervisor, binary, name, dir, ports, address = '127.0.0.1', tls, peerTls, extraArgs = [] } = options;
  await mkdir(dir, { recursive: true, mode: 0o700 });
  const client = `${tls ? 'https' : 'http'}://${address}:${ports.client}`;
  const peer = `${peerTls ? 'https' : 'http'}://${address}:${ports.peer}`;
  return supervisor.start({
    name,
    command: binary,
    args: [
      `--name=${name}`,
      `--data-dir=${dir}`,
      `--listen-client-urls=${client}`,
      `--advertise-client-urls=${client}`,
      `--listen-peer-urls=${peer}`,
      ...(extraArgs.some(arg => arg.startsWith('--initial-cluster='))
        ? []
        : [`--initial-cluster=${name}=${peer}`, `--initial-advertise-peer-urls=${peer}`]),
      '--unsafe-no-fsync',
      '--log-level=warn',
      ...(tls ? tlsArgs('', tls) : []),
      ...(peerTls ? tlsArgs('peer-', peerTls) : []),
      ...extraArgs,
    ],
    ready: options.ready ?? (() => listens(ports.client, address)),
  });
}

function tlsArgs(prefix: '' | 'peer-', { caFile, certFile, keyFile }: EtcdTls): string[] {
  return [
    `--${prefix}client-cert-auth`,
    `--${prefix}trusted-ca-file=${caFile}`,
    `--${prefix}cert-file=${certFile}`,
    `--${prefix}key-file=${keyFile}`,
  ];
}
