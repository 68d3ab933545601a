import type { EtcdSpec } from '../../api/parts/etcd.ts';
import type { ClusterId } from '../../base/names.ts';
import type { KubeObject } from '../../base/object.ts';
import type { Rendered } from '../types.ts';
import { caCertificate, clientCertificate, peerCertificate, serverCertificate } from './certificates.ts';
import { etcdCluster } from './cluster.ts';
import { caIssuer, selfSignedIssuer } from './issuers.ts';
import { etcdNames } from './names.ts';
import { ETCD } from './resource-names.ts';
import { certificateSecret } from './secrets.ts';

/** Objects of `HikubeEtcd`: a PKI of its own, with separate CAs for clients and peers, and the etcd that uses it. */
export function renderEtcd(
  id: ClusterId,
  spec: EtcdSpec,
  observed: ReadonlyMap<string, KubeObject> = new Map(),
): Rendered {
  const secret = (name: string) => certificateSecret(id, name);
  return new Map([
    [ETCD.caSecret, secret(etcdNames.ca(id))],
    [ETCD.peerCaSecret, secret(etcdNames.peerCa(id))],
    [ETCD.serverSecret, secret(etcdNames.server(id))],
    [ETCD.peerSecret, secret(etcdNames.peer(id))],
    [ETCD.clientSecret, secret(etcdNames.client(id))],
    [ETCD.selfSignedIssuer, selfSignedIssuer(id, etcdNames.selfSigned(id))],
    [ETCD.ca, caCertificate(id, etcdNames.ca(id), 'RSA')],
    [ETCD.issuer, caIssuer(id, etcdNames.issuer(id), etcdNames.ca(id))],
    [ETCD.peerCa, caCertificate(id, etcdNames.peerCa(id), 'ECDSA')],
    [ETCD.peerIssuer, caIssuer(id, etcdNames.peerIssuer(id), etcdNames.peerCa(id))],
    [ETCD.serverCertificate, serverCertificate(id)],
    [ETCD.peerCertificate, peerCertificate(id)],
    [ETCD.clientCertificate, clientCertificate(id)],
    [ETCD.cluster, etcdCluster(id, spec, observed.get(ETCD.cluster))],
  ]);
}
