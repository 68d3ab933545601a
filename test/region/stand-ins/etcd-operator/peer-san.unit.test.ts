import { expect, test } from 'vitest';
import { createAuthority } from '../../pki.ts';
import { peerNameProblem } from './peer-san.ts';

const member = { name: 'etcd-a1b2c', service: 'etcd', namespace: 'acme' };
const authority = await createAuthority('peers');
const issue = async (dnsNames: string[]) => (await authority.issue({ commonName: 'etcd', dnsNames })).cert;

test('a peer certificate with the full wildcard passes', async () => {
  expect(peerNameProblem(await issue(['*.etcd.acme.svc', '*.etcd.acme.svc.cluster.local']), member)).toBeUndefined();
});

test('without the full wildcard peers refuse it, because an address is looked up to its full name', async () => {
  expect(peerNameProblem(await issue(['*.etcd.acme.svc']), member)).toContain('does not match any of DNSNames');
});

test('a wildcard stands for one label', async () => {
  expect(peerNameProblem(await issue(['*.acme.svc.cluster.local']), member)).toContain('does not match');
});

test('a certificate without names is not checked, as in etcd', async () => {
  expect(peerNameProblem(await issue([]), member)).toBeUndefined();
});
