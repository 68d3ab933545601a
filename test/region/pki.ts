// The certificate library's injection needs it before it is loaded.
import 'reflect-metadata';

import { createPrivateKey, generateKeyPairSync, type KeyObject, randomBytes, webcrypto } from 'node:crypto';
import {
  BasicConstraintsExtension,
  ExtendedKeyUsage,
  ExtendedKeyUsageExtension,
  type Extension,
  KeyUsageFlags,
  KeyUsagesExtension,
  SubjectAlternativeNameExtension,
  SubjectKeyIdentifierExtension,
  X509Certificate,
  X509CertificateGenerator,
} from '@peculiar/x509';

/** A certificate with its private key, both PEM. */
export interface CertificatePair {
  cert: string;
  key: string;
}

/** What a certificate is asked for. */
export interface CertificateRequest {
  commonName: string;
  organizations?: string[];
  dnsNames?: string[];
  ipAddresses?: string[];
  /** Default: both. */
  usages?: ('server' | 'client')[];
}

/** A certificate authority that issues certificates. */
export interface Authority extends CertificatePair {
  issue(request: CertificateRequest): Promise<CertificatePair>;
}

/** Makes a new self-signed authority. */
export async function createAuthority(commonName: string): Promise<Authority> {
  const keys = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const imported = await importPair(keys.privateKey);
  const certificate = await X509CertificateGenerator.createSelfSigned({
    serialNumber: serial(),
    name: [{ CN: [commonName] }],
    ...validity(),
    keys: imported.keys,
    signingAlgorithm: imported.signing,
    extensions: [
      new BasicConstraintsExtension(true, undefined, true),
      new KeyUsagesExtension(KeyUsageFlags.keyCertSign | KeyUsageFlags.cRLSign | KeyUsageFlags.digitalSignature, true),
      await SubjectKeyIdentifierExtension.create(imported.keys.publicKey),
    ],
  });
  return loadAuthority({ cert: `${certificate.toString('pem')}\n`, key: pem(keys.privateKey) });
}

/** Makes an authority of an existing certificate and key (RSA or EC, any PEM form), such as a Secret holds. */
export async function loadAuthority(pair: CertificatePair): Promise<Authority> {
  const issuer = new X509Certificate(pair.cert);
  const signer = await importPair(createPrivateKey(pair.key));
  return {
    ...pair,
    async issue(request) {
      const leaf = generateKeyPairSync('ec', { namedCurve: 'P-256' });
      const { keys } = await importPair(leaf.privateKey);
      const certificate = await X509CertificateGenerator.create({
        serialNumber: serial(),
        subject: [
          ...(request.organizations ?? []).map(organization => ({ O: [organization] })),
          { CN: [request.commonName] },
        ],
        issuer: issuer.subjectName,
        ...validity(),
        publicKey: keys.publicKey,
        signingKey: signer.keys.privateKey,
        signingAlgorithm: signer.signing,
        extensions: extensions(request),
      });
      return { cert: `${certificate.toString('pem')}\n`, key: pem(leaf.privateKey) };
    },
  };
}

/** A key pair that signs ServiceAccount tokens, PEM. */
export function createTokenKeys(): { publicKey: string; privateKey: string } {
  const { publicKey, privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  return { publicKey: publicKey.export({ type: 'spki', format: 'pem' }).toString(), privateKey: pem(privateKey) };
}

function extensions({
  usages = ['server', 'client'],
  dnsNames = [],
  ipAddresses = [],
}: CertificateRequest): Extension[] {
  const names = [
    ...dnsNames.map(value => ({ type: 'dns' as const, value })),
    ...ipAddresses.map(value => ({ type: 'ip' as const, value })),
  ];
  return [
    new BasicConstraintsExtension(false, undefined, true),
    new KeyUsagesExtension(KeyUsageFlags.digitalSignature | KeyUsageFlags.keyEncipherment, true),
    new ExtendedKeyUsageExtension(
      usages.map(usage => (usage === 'server' ? ExtendedKeyUsage.serverAuth : ExtendedKeyUsage.clientAuth)),
    ),
    ...(names.length > 0 ? [new SubjectAlternativeNameExtension(names)] : []),
  ];
}

function validity(): { notBefore: Date; notAfter: Date } {
  const now = Date.now();
  // One hour of grace: programs on a machine whose clock was just set back must still accept it.
  return { notBefore: new Date(now - 3_600_000), notAfter: new Date(now + 365 * 86_400_000) };
}

function serial(): string {
  // The first byte stays below 0x80, else the number would read as negative.
  return `01${randomBytes(15).toString('hex')}`;
}

function pem(key: KeyObject): string {
  return key.export({ type: 'pkcs8', format: 'pem' }).toString();
}

/** Node's key objects as the WebCrypto keys the certificate library signs with. */
async function importPair(key: KeyObject) {
  const isRsa = key.asymmetricKeyType === 'rsa';
  const curve = { prime256v1: 'P-256', secp384r1: 'P-384', secp521r1: 'P-521' }[
    key.asymmetricKeyDetails?.namedCurve ?? 'prime256v1'
  ];
  const algorithm = isRsa
    ? { name: 'RSASSA-PKCS1-v1_5', hash: 'SHA-256' }
    : { name: 'ECDSA', namedCurve: curve ?? 'P-256' };
  const jwk = key.export({ format: 'jwk' });
  const { d: _d, p: _p, q: _q, dp: _dp, dq: _dq, qi: _qi, ...publicJwk } = jwk;
  const subtle = webcrypto.subtle;
  const [privateKey, publicKey] = await Promise.all([
    subtle.importKey('jwk', jwk, algorithm, true, ['sign']),
    subtle.importKey('jwk', publicJwk, algorithm, true, ['verify']),
  ]);
  return { keys: { privateKey, publicKey }, signing: { ...algorithm, hash: 'SHA-256' } };
}
