import { generateKeyPairSync, X509Certificate } from 'node:crypto';
import { expect, test } from 'vitest';
import { createAuthority, loadAuthority } from './pki.ts';

test('a certificate carries the names it was asked for and is signed by its authority', async () => {
  const authority = await createAuthority('kubernetes');
  const pair = await authority.issue({
    commonName: 'alice',
    organizations: ['acme', 'developers'],
    dnsNames: ['localhost'],
    ipAddresses: ['127.0.0.1'],
  });
  const certificate = new X509Certificate(pair.cert);
  expect(certificate.subject).toBe('O=acme\nO=developers\nCN=alice');
  expect(certificate.subjectAltName).toBe('DNS:localhost, IP Address:127.0.0.1');
  expect(certificate.verify(new X509Certificate(authority.cert).publicKey)).toBe(true);
});

test('a client certificate is no server certificate', async () => {
  const { cert } = await (await createAuthority('ca')).issue({ commonName: 'x', usages: ['client'] });
  expect(new X509Certificate(cert).keyUsage).toEqual(['1.3.6.1.5.5.7.3.2']);
});

test('an authority is loaded from the PEM forms that other programs write', async () => {
  const ec = await createAuthority('ec');
  const forms = [
    ec.key,
    // The form of openssl and cert-manager for the same key.
    String(generateKeyPairSync('ec', { namedCurve: 'P-384' }).privateKey.export({ type: 'sec1', format: 'pem' })),
    String(generateKeyPairSync('rsa', { modulusLength: 2048 }).privateKey.export({ type: 'pkcs1', format: 'pem' })),
  ];
  for (const key of forms) {
    const { cert } = await (await loadAuthority({ cert: ec.cert, key })).issue({ commonName: 'leaf' });
    expect(new X509Certificate(cert).issuer).toBe('CN=ec');
  }
});
