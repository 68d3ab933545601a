/** What the objects of `HikubeEtcd` are composed as. */
export const ETCD = {
  caSecret: 'ca-secret',
  peerCaSecret: 'peer-ca-secret',
  serverSecret: 'server-secret',
  peerSecret: 'peer-secret',
  clientSecret: 'client-secret',
  selfSignedIssuer: 'selfsigned-issuer',
  ca: 'ca',
  issuer: 'issuer',
  peerCa: 'peer-ca',
  peerIssuer: 'peer-issuer',
  serverCertificate: 'server-certificate',
  peerCertificate: 'peer-certificate',
  clientCertificate: 'client-certificate',
  cluster: 'etcd',
} as const;
