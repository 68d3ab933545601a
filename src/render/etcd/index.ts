import type { EtcdSpec } from '../../api/parts/etcd.ts';
import type { ClusterId } from '../../base/names.ts';
import type { KubeObject } from '../../base/object.ts';
import type { Rendered } from '../types.ts';
import { caCertificate, clientCertificate, peerCertificate, serverCertificate } from './certificates.ts';
import { etcdCluster } from './cluster.ts';
import { caIssuer, selfSignedIssuer } from './issuers.ts';
import { etcdNames } from './names.ts';
import { certificateSecret } from './secrets.ts';

/** Objects of `HikubeEtcd`: a PKI of its own, with separate CAs for clients and peers, and the etcd that uses it. */
export function renderEtcd(
  id: ClusterId,
  spec: EtcdSpec,
  observed: ReadonlyMap<string, KubeObject> = new Map(),
): Rendered {
  const secret = (name: string) => certificateSecret(id, name);
  return new Map([
    ['ca-secret', secret(etcdNames.ca(id))],
    ['peer-ca-secret', secret(etcdNames.peerCa(id))],
    ['server-secret', secret(etcdNames.server(id))],
    ['peer-secret', secret(etcdNames.peer(id))],
    ['client-secret', secret(etcdNames.client(id))],
    ['selfsigned-issuer', selfSignedIssuer(id, etcdNames.selfSigned(id))],
    ['ca', caCertificate(id, etcdNames.ca(id), 'RSA')],
    ['issuer', caIssuer(id, etcdNames.issuer(id), etcdNames.ca(id))],
    ['peer-ca', caCertificate(id, etcdNames.peerCa(id), 'ECDSA')],
    ['peer-issuer', caIssuer(id, etcdNames.peerIssuer(id), etcdNames.peerCa(id))],
    ['server-certificate', serverCertificate(id)],
    ['peer-certificate', peerCertificate(id)],
    ['client-certificate', clientCertificate(id)],
    ['etcd', etcdCluster(id, spec, observed.get('etcd'))],
  ]);
}
