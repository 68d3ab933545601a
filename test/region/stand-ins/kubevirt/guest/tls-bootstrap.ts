import 'reflect-metadata';

import { createHash, KeyObject, webcrypto } from 'node:crypto';
import { setTimeout as delay } from 'node:timers/promises';
import { Pkcs10CertificateRequestGenerator } from '@peculiar/x509';
import { at, condition, str } from '../../../json.ts';
import type { Kube } from '../../../kube.ts';
import { patience } from '../../../patience.ts';
import { Refused } from './discovery.ts';

/** The client certificate a kubelet speaks with, PEM. */
export interface NodeIdentity {
  cert: string;
  key: string;
}

/**
 * Gets a kubelet its client certificate: a signing request made with the bootstrap token, approved and signed by the
 * tenant's own controller manager if its roles allow that token to ask.
 */
export async function bootstrapIdentity(kube: Kube, nodeName: string): Promise<NodeIdentity> {
  const keys = await webcrypto.subtle.generateKey({ name: 'ECDSA', namedCurve: 'P-256' }, true, ['sign', 'verify']);
  const request = await Pkcs10CertificateRequestGenerator.create({
    name: [{ O: ['system:nodes'] }, { CN: [`system:node:${nodeName}`] }],
    keys,
    signingAlgorithm: { name: 'ECDSA', hash: 'SHA-256' },
  });
  const pem = `${request.toString('pem')}\n`;
  const name = `node-csr-${createHash('sha256').update(pem).digest('base64url').replaceAll(/[_-]/g, '').toLowerCase()}`;
  await kube.create({
    apiVersion: 'certificates.k8s.io/v1',
    kind: 'CertificateSigningRequest',
    metadata: { name },
    spec: {
      request: Buffer.from(pem).toString('base64'),
      signerName: 'kubernetes.io/kube-apiserver-client-kubelet',
      usages: ['digital signature', 'client auth'],
    },
  });
  const cert = await awaitCertificate(kube, name);
  const key = KeyObject.from(keys.privateKey).export({ type: 'pkcs8', format: 'pem' }).toString();
  return { cert, key };
}

async function awaitCertificate(kube: Kube, name: string): Promise<string> {
  const deadline = Date.now() + patience(60_000);
  while (Date.now() < deadline) {
    const request = await kube.get('certificates.k8s.io/v1/CertificateSigningRequest', name);
    const denied = condition(request, 'Denied') ?? condition(request, 'Failed');
    if (denied) throw new Refused(`the signing request was refused: ${denied.message}`);
    const certificate = str(at(request, 'status', 'certificate'));
    if (certificate) return Buffer.from(certificate, 'base64').toString();
    await delay(250);
  }
  throw new Error(`cannot join: signing request ${name} was not approved and signed in time`);
}
