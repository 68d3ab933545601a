import { PLATFORM_DOMAIN } from '../../api/host-name.ts';
import { type ClusterId, nameFor, names } from '../../base/names.ts';

/** Port on which members serve clients. */
export const CLIENT_PORT = 2379;

/** Names of the objects that make up one cluster's etcd. */
export const etcdNames = {
  selfSigned: (id: ClusterId) => nameFor(id, 'etcd-selfsigned'),
  /** The CA, its Secret and the issuer that signs with it. */
  ca: names.etcdCaSecret,
  issuer: (id: ClusterId) => nameFor(id, 'etcd-issuer'),
  peerCa: (id: ClusterId) => nameFor(id, 'etcd-peer-ca'),
  peerIssuer: (id: ClusterId) => nameFor(id, 'etcd-peer-issuer'),
  server: (id: ClusterId) => nameFor(id, 'etcd-server'),
  peer: (id: ClusterId) => nameFor(id, 'etcd-peer'),
  client: names.etcdClientSecret,
};

/** Address of the Service over all members; the operator names it. */
export function clientHost(id: ClusterId): string {
  return `${names.etcd(id)}-client.${id.namespace}.svc`;
}

/** Domain under which the operator's headless Service names each member. */
export function memberDomain(id: ClusterId): string {
  return `${names.etcd(id)}.${id.namespace}.svc`;
}

/** A service host in its short and its fully qualified form. */
export function bothForms(host: string): string[] {
  return [host, `${host}.${PLATFORM_DOMAIN}`];
}
