import { createPrivateKey } from 'node:crypto';
import { expect, test } from 'vitest';
import { createAuthority } from '../../pki.ts';
import { signingKeyProblem } from './storage.ts';

const sec1 = (key: string) => createPrivateKey(key).export({ type: 'sec1', format: 'pem' }).toString();

test('Kamaji signs with a key in SEC 1 or PKCS#1 form', async () => {
  const { cert, key } = await createAuthority('etcd');
  expect(signingKeyProblem(cert, sec1(key))).toBeUndefined();
});

test('Kamaji cannot read a key in PKCS#8 form', async () => {
  const { cert, key } = await createAuthority('etcd');
  expect(signingKeyProblem(cert, key)).toBe('cannot parse PKCS1 Private Key');
  expect(signingKeyProblem(cert, 'not a key')).toBe('no right PEM block');
});

test('a key of another authority is refused', async () => {
  const [one, other] = [await createAuthority('etcd'), await createAuthority('etcd')];
  expect(signingKeyProblem(one.cert, sec1(other.key))).toBe('the private key does not belong to the certificate');
});
