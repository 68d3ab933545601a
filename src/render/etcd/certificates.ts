import type { JsonObject } from '../../base/json.ts';
import { type ClusterId, names } from '../../base/names.ts';
import type { KubeObject } from '../../base/object.ts';
import { metadataOf } from '../metadata.ts';
import { bothForms, clientHost, etcdNames, memberDomain } from './names.ts';

const TEN_YEARS = '87600h';
const ONE_YEAR = '8760h';
const ONE_MONTH = '720h';

/**
 * A CA that keeps its key for good: every certificate of a running etcd hangs on it.
 *
 * @param algorithm Kamaji mints client certificates with the CA of the clients and reads RSA keys in PKCS#1 only
 */
export function caCertificate(id: ClusterId, name: string, algorithm: 'RSA' | 'ECDSA'): KubeObject {
  return certificate(id, name, {
    commonName: name,
    isCA: true,
    duration: TEN_YEARS,
    renewBefore: ONE_YEAR,
    usages: ['cert sign', 'crl sign', 'digital signature', 'key encipherment'],
    privateKey: { ...KEYS[algorithm], rotationPolicy: 'Never' },
    issuerRef: issuerRef(etcdNames.selfSigned(id)),
  });
}

/**
 * Certificate the members serve clients with. It needs client auth too, because etcd's own gateway connects with it,
 * and covers members by their names, the Service over all of them, and the loopback that probes use.
 */
export function serverCertificate(id: ClusterId): KubeObject {
  return leaf(id, etcdNames.server(id), etcdNames.issuer(id), {
    commonName: names.etcd(id),
    usages: ['server auth', 'client auth', 'digital signature', 'key encipherment'],
    dnsNames: [...memberNames(id), ...bothForms(clientHost(id)), 'localhost'],
    ipAddresses: ['127.0.0.1', '::1'],
  });
}

/** Certificate the members talk to each other with, both as servers and as clients. */
export function peerCertificate(id: ClusterId): KubeObject {
  return leaf(id, etcdNames.peer(id), etcdNames.peerIssuer(id), {
    commonName: names.etcd(id),
    usages: ['server auth', 'client auth', 'digital signature', 'key encipherment'],
    dnsNames: [...memberNames(id), 'localhost'],
    ipAddresses: ['127.0.0.1', '::1'],
  });
}

/** Certificate of the operator and of Kamaji; the common name is etcd's superuser where authentication is on. */
export function clientCertificate(id: ClusterId): KubeObject {
  return leaf(id, etcdNames.client(id), etcdNames.issuer(id), {
    commonName: 'root',
    usages: ['client auth', 'digital signature', 'key encipherment'],
  });
}

const KEYS = {
  RSA: { algorithm: 'RSA', encoding: 'PKCS1', size: 3072 },
  ECDSA: { algorithm: 'ECDSA', encoding: 'PKCS1', size: 256 },
};

function memberNames(id: ClusterId): string[] {
  return bothForms(memberDomain(id)).flatMap(domain => [domain, `*.${domain}`]);
}

function leaf(id: ClusterId, name: string, issuer: string, spec: JsonObject): KubeObject {
  return certificate(id, name, {
    ...spec,
    duration: ONE_YEAR,
    renewBefore: ONE_MONTH,
    privateKey: { ...KEYS.ECDSA, rotationPolicy: 'Always' },
    issuerRef: issuerRef(issuer),
  });
}

function certificate(id: ClusterId, name: string, spec: JsonObject): KubeObject {
  return {
    apiVersion: 'cert-manager.io/v1',
    kind: 'Certificate',
    metadata: metadataOf(id, name),
    spec: { secretName: name, ...spec },
  };
}

function issuerRef(name: string): JsonObject {
  return { group: 'cert-manager.io', kind: 'Issuer', name };
}
