import { X509Certificate } from 'node:crypto';

/**
 * Whether etcd's own check of a dialling peer passes in a cluster: the reverse lookup of the Pod's address gives
 * `<member>.<service>.<namespace>.svc.cluster.local`, and a certificate with DNS names must cover it. On one
 * machine all peers dial from 127.0.0.1, so etcd is told to leave this check to us.
 */
export function peerNameProblem(certificate: string, pod: { name: string; service: string; namespace: string }) {
  const x509 = new X509Certificate(certificate);
  const names = dnsNames(x509);
  if (names.length === 0) return undefined;
  const reverse = `${pod.name}.${pod.service}.${pod.namespace}.svc.cluster.local`;
  if (names.some(name => covers(name, reverse))) return undefined;
  return `peers refuse the certificate: ${reverse} does not match any of DNSNames ${JSON.stringify(names)}`;
}

/** DNS subject alternative names of a certificate. */
export function dnsNames(certificate: X509Certificate): string[] {
  return (certificate.subjectAltName ?? '')
    .split(', ')
    .flatMap(entry => (entry.startsWith('DNS:') ? [entry.slice('DNS:'.length)] : []));
}

/** A wildcard stands for the leftmost label only. */
function covers(pattern: string, name: string): boolean {
  if (!pattern.startsWith('*.')) return pattern === name;
  return name.slice(name.indexOf('.')) === pattern.slice(1);
}
