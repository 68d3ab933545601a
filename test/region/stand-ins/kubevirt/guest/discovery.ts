import { createHash, createHmac, timingSafeEqual, X509Certificate } from 'node:crypto';
import { Agent, request } from 'undici';
import { parse } from 'yaml';
import { at, str } from '../../../json.ts';
import type { JoinConfig } from './join-config.ts';

/** How a machine reaches its cluster's API server: where it dials, under which name it must answer. */
export interface Route {
  server: string;
  tlsServerName?: string;
}

/** What `cluster-info` says of the cluster: whom to trust, and where its API server is. */
export interface Discovered {
  ca: string;
  /** `host:port`. */
  endpoint: string;
}

/**
 * What `kubeadm join` does first: fetches `cluster-info` from a server it cannot trust yet, and believes it only when
 * the bootstrap token signed it and its authority's public key is one of those pinned.
 */
export async function discoverCluster(join: JoinConfig, route: Route): Promise<Discovered> {
  const data = await fetchClusterInfo(route);
  const kubeconfig = str(at(data, 'kubeconfig'));
  if (kubeconfig === undefined) throw new Error('cannot join: cluster-info holds no kubeconfig');
  const [tokenId = '', secret = ''] = join.token.split('.');
  const signature = str(at(data, `jws-kubeconfig-${tokenId}`));
  if (signature === undefined) throw new Error(`cannot join: cluster-info is not signed with token ${tokenId}`);
  if (!isSignedBy(signature, kubeconfig, secret)) throw new Refused('cluster-info is signed with another token');
  const discovered = readClusterInfo(kubeconfig);
  checkPins(discovered.ca, join.caCertHashes);
  return discovered;
}

/** A refusal that trying again does not change. */
export class Refused extends Error {
  constructor(cause: string) {
    super(`cannot join: ${cause}`);
    this.name = 'Refused';
  }
}

/** Refuses an authority whose public key is not among the pinned hashes; no pins mean no check. */
export function checkPins(ca: string, pins: readonly string[]): void {
  if (pins.length === 0) return;
  const key = new X509Certificate(ca).publicKey.export({ type: 'spki', format: 'der' });
  const hash = `sha256:${createHash('sha256').update(key).digest('hex')}`;
  if (!pins.includes(hash)) throw new Refused(`the authority's public key ${hash} is not among caCertHashes`);
}

/** Verifies a detached JWS (HS256) as the bootstrap signer makes them: header, nothing, signature. */
export function isSignedBy(jws: string, content: string, secret: string): boolean {
  const [header = '', payload, signature = ''] = jws.split('.');
  if (payload !== '') return false;
  const expected = createHmac('sha256', secret)
    .update(`${header}.${Buffer.from(content).toString('base64url')}`)
    .digest();
  const given = Buffer.from(signature, 'base64url');
  return given.length === expected.length && timingSafeEqual(given, expected);
}

async function fetchClusterInfo({ server, tlsServerName }: Route): Promise<unknown> {
  const dispatcher = new Agent({
    connect: { rejectUnauthorized: false, ...(tlsServerName && { servername: tlsServerName }) },
  });
  try {
    const path = '/api/v1/namespaces/kube-public/configmaps/cluster-info';
    const answer = await request(server + path, { dispatcher, signal: AbortSignal.timeout(10_000) });
    const text = await answer.body.text();
    if (answer.statusCode !== 200) throw new Error(`cannot join: reading cluster-info gave HTTP ${answer.statusCode}`);
    return at(JSON.parse(text), 'data');
  } finally {
    await dispatcher.destroy();
  }
}

/** cluster-info is a kubeconfig without user or context. */
export function readClusterInfo(kubeconfig: string): Discovered {
  const cluster = at(parse(kubeconfig), 'clusters', 0, 'cluster');
  const encoded = str(at(cluster, 'certificate-authority-data'));
  if (!encoded) throw new Error('cannot join: cluster-info names no certificate authority');
  const server = str(at(cluster, 'server'));
  if (!server) throw new Error('cannot join: cluster-info names no server');
  return { ca: Buffer.from(encoded, 'base64').toString(), endpoint: new URL(server).host };
}
