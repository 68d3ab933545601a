import { createPrivateKey, randomUUID, X509Certificate } from 'node:crypto';
import { at, str } from '../../json.ts';
import type { Kube, KubeObject } from '../../kube.ts';
import { loadAuthority } from '../../pki.ts';
import type { EtcdClient } from '../etcd-operator/etcd-client.ts';
import { readTls } from './datastore.ts';
import { decode, ensureSecret, secretName } from './tenant-secrets.ts';

/** Finalizer of the Secret that names a tenant's keys in etcd. */
export const SECRET_FINALIZER = 'finalizer.kamaji.clastix.io/datastore-secret';

/** Where and as whom a tenant stores. */
export interface TenantStorage {
  schema: string;
  user: string;
}

/** The Secret `<tenant>-datastore-config`, which outlives everything that may still need etcd. */
export async function ensureStorageConfig(kube: Kube, tenant: KubeObject): Promise<TenantStorage> {
  const data = await ensureSecret(
    kube,
    tenant,
    'datastore-config',
    async () => ({
      DB_CONNECTION_STRING: '',
      DB_SCHEMA: str(at(tenant, 'spec', 'dataStoreSchema')) ?? tenant.metadata.uid ?? '',
      DB_USER: str(at(tenant, 'spec', 'dataStoreUsername')) ?? tenant.metadata.uid ?? '',
      DB_PASSWORD: randomUUID(),
    }),
    undefined,
    [SECRET_FINALIZER],
  );
  return { schema: data.DB_SCHEMA ?? '', user: data.DB_USER ?? '' };
}

/** Makes the tenant's user, role and grant in etcd. */
export async function setUpStorage(etcd: EtcdClient, { schema, user }: TenantStorage): Promise<void> {
  if (!(await etcd.userExists(user))) await etcd.addUser(user);
  if (await etcd.roleExists(schema)) return;
  await etcd.addRole(schema, `/${schema}/`);
  await etcd.grantRole(user, schema);
}

/** Deletes the tenant's keys, role and user from etcd, then lets the Secret go. Needs a living etcd. */
export async function tearDownStorage(kube: Kube, etcd: EtcdClient, tenant: KubeObject): Promise<void> {
  const name = secretName(tenant, 'datastore-config');
  const { namespace } = tenant.metadata;
  const secret = await kube.get('v1/Secret', name, namespace);
  if (!secret) return;
  const { DB_SCHEMA: schema = '', DB_USER: user = '' } = decode(secret);
  if (schema && (await etcd.roleExists(schema))) await etcd.deleteRole(schema);
  if (schema) await etcd.deletePrefix(`/${schema}/`);
  if (user && (await etcd.userExists(user))) await etcd.deleteUser(user);
  await kube.mergePatch('v1/Secret', name, namespace, { metadata: { finalizers: null } });
}

/** The tenant's own client certificate, minted from the DataStore's authority with its private key. */
export async function ensureStorageCertificate(
  kube: Kube,
  tenant: KubeObject,
  dataStore: KubeObject,
  user: string,
): Promise<void> {
  const { ca, caKey } = await readTls(kube, dataStore);
  await ensureSecret(
    kube,
    tenant,
    'datastore-certificate',
    async () => {
      const problem = signingKeyProblem(ca, caKey);
      if (problem) throw new Error(`provided CA private key for certificate generation cannot be parsed: ${problem}`);
      const authority = await loadAuthority({ cert: ca, key: caKey });
      const { cert, key } = await authority.issue({ commonName: user, organizations: ['system:masters'] });
      return { 'ca.crt': ca, 'server.crt': cert, 'server.key': key };
    },
    `${user}-${Buffer.from(ca).toString('base64').slice(-64, -32)}`,
  );
}

/** Why Kamaji cannot sign with a key: it reads RSA keys in PKCS#1 and EC keys in SEC 1 only, not PKCS#8. */
export function signingKeyProblem(certificate: string, key: string): string | undefined {
  const form = /-----BEGIN ([A-Z ]+)-----/.exec(key)?.[1];
  if (form === undefined) return 'no right PEM block';
  if (form !== 'RSA PRIVATE KEY' && form !== 'EC PRIVATE KEY') return 'cannot parse PKCS1 Private Key';
  const fits = new X509Certificate(certificate).checkPrivateKey(createPrivateKey(key));
  return fits ? undefined : 'the private key does not belong to the certificate';
}
