import { createHash } from 'node:crypto';
import { isIP } from 'node:net';
import { userKubeconfig } from '../../control-plane/pki.ts';
import { at, list, num, str } from '../../json.ts';
import type { Kube, KubeObject } from '../../kube.ts';
import { type Authority, createAuthority, createTokenKeys, loadAuthority } from '../../pki.ts';

/** Plain text of a Secret's keys. */
export type SecretData = Record<string, string>;

/** The keys of a tenant control plane as its Secrets hold them. */
export interface TenantKeys {
  authority: Authority;
  tokenKeys: { publicKey: string; privateKey: string };
  /** Changes when a certificate does, so that the API servers roll. */
  checksum: string;
}

/** Name of a tenant's Secret of some purpose. */
export function secretName(tenant: KubeObject, purpose: string): string {
  return `${tenant.metadata.name}-${purpose}`;
}

/** Makes what is missing of a tenant's certificates and kubeconfigs; what is there is kept. */
export async function ensureTenantSecrets(kube: Kube, tenant: KubeObject, endpoint: string): Promise<TenantKeys> {
  const ca = await ensureSecret(kube, tenant, 'ca', async () => {
    const { cert, key } = await createAuthority('kubernetes');
    // Cluster API reads the TLS keys, kubeadm's names are Kamaji's own.
    return { 'ca.crt': cert, 'ca.key': key, 'tls.crt': cert, 'tls.key': key };
  });
  const authority = await loadAuthority({ cert: ca['ca.crt'] ?? '', key: ca['ca.key'] ?? '' });
  const serviceAccount = await ensureSecret(kube, tenant, 'sa-certificate', async () => {
    const { publicKey, privateKey } = createTokenKeys();
    return { 'sa.pub': publicKey, 'sa.key': privateKey };
  });
  const front = await ensureSecret(kube, tenant, 'front-proxy-ca-certificate', async () => {
    const { cert, key } = await createAuthority('front-proxy-ca');
    return { 'front-proxy-ca.crt': cert, 'front-proxy-ca.key': key };
  });
  await ensureSecret(kube, tenant, 'front-proxy-client-certificate', async () => {
    const frontAuthority = await loadAuthority({
      cert: front['front-proxy-ca.crt'] ?? '',
      key: front['front-proxy-ca.key'] ?? '',
    });
    const { cert, key } = await frontAuthority.issue({ commonName: 'front-proxy-client', usages: ['client'] });
    return { 'front-proxy-client.crt': cert, 'front-proxy-client.key': key };
  });
  const names = servingNames(tenant, endpoint);
  const serving = await ensureSecret(
    kube,
    tenant,
    'api-server-certificate',
    async () => {
      const { cert, key } = await authority.issue({
        commonName: 'kube-apiserver',
        dnsNames: names.filter(name => isIP(name) === 0),
        ipAddresses: names.filter(name => isIP(name) !== 0),
        usages: ['server'],
      });
      return { 'apiserver.crt': cert, 'apiserver.key': key };
    },
    digest(names.join(',') + ca['ca.crt']),
  );
  await ensureSecret(kube, tenant, 'api-server-kubelet-client-certificate', async () => {
    const { cert, key } = await authority.issue({ commonName: 'kube-apiserver-kubelet-client', usages: ['client'] });
    return { 'apiserver-kubelet-client.crt': cert, 'apiserver-kubelet-client.key': key };
  });
  await ensureKubeconfigs(kube, tenant, authority, endpoint);
  return {
    authority,
    tokenKeys: { publicKey: serviceAccount['sa.pub'] ?? '', privateKey: serviceAccount['sa.key'] ?? '' },
    // By key, not by object: a Secret just made and one read back order their keys differently.
    checksum: digest([ca['ca.crt'], serving['apiserver.crt'], serviceAccount['sa.pub']].join('\n')),
  };
}

/** Reads a tenant's Secret, or makes it; with `basis` it is made anew when what it was made from changed. */
export async function ensureSecret(
  kube: Kube,
  tenant: KubeObject,
  purpose: string,
  make: () => Promise<SecretData>,
  basis?: string,
  finalizers: string[] = [],
): Promise<SecretData> {
  const name = secretName(tenant, purpose);
  const { namespace } = tenant.metadata;
  const existing = await kube.get('v1/Secret', name, namespace);
  const current = basis === undefined || existing?.metadata.annotations?.[BASIS] === basis;
  if (existing && current) return decode(existing);
  const data = await make();
  const secret: KubeObject = {
    apiVersion: 'v1',
    kind: 'Secret',
    metadata: {
      name,
      namespace,
      labels: { 'kamaji.clastix.io/name': tenant.metadata.name, 'kamaji.clastix.io/component': purpose },
      ...(basis && { annotations: { [BASIS]: basis } }),
      ...(finalizers.length > 0 && { finalizers }),
      ownerReferences: [ownerReference(tenant)],
    },
    type: 'Opaque',
    data: Object.fromEntries(Object.entries(data).map(([key, value]) => [key, Buffer.from(value).toString('base64')])),
  };
  await kube.apply(secret, { fieldManager: 'kamaji' });
  return data;
}

/** The tenant control plane as the controlling owner of what is made for it. */
export function ownerReference({ apiVersion, kind, metadata }: KubeObject) {
  return { apiVersion, kind, name: metadata.name, uid: metadata.uid ?? '', controller: true, blockOwnerDeletion: true };
}

/** Plain text of a Secret. */
export function decode(secret: KubeObject): SecretData {
  return Object.fromEntries(
    Object.entries(secret.data ?? {}).map(([key, value]) => [key, Buffer.from(value, 'base64').toString()]),
  );
}

const BASIS = 'region.kamaji.clastix.io/basis';

/** Names a tenant's API servers are good for: kubeadm's, the Service's, the endpoint's and those asked for. */
export function servingNames(tenant: KubeObject, endpoint: string): string[] {
  const { name, namespace } = tenant.metadata;
  const network = at(tenant, 'spec', 'networkProfile');
  const domain = str(at(network, 'clusterDomain')) ?? 'cluster.local';
  const base = ['kubernetes', 'kubernetes.default', 'kubernetes.default.svc', `kubernetes.default.svc.${domain}`];
  const service = [name, `${name}.${namespace}`, `${name}.${namespace}.svc`, `${name}.${namespace}.svc.cluster.local`];
  const addresses = ['localhost', '127.0.0.1', endpoint.slice(0, endpoint.lastIndexOf(':'))];
  const first = firstAddress(str(at(network, 'serviceCidr')) ?? '10.96.0.0/16');
  const asked = list(at(network, 'certSANs')).flatMap(entry => str(entry) ?? []);
  return [...new Set([...base, ...service, ...addresses, first, ...asked])];
}

/** Where the two kinds of administrators' kubeconfigs lead: to the endpoint, and to the Service's name inside. */
export function kubeconfigServers(tenant: KubeObject, endpoint: string): { conf: string; svc: string } {
  const { name, namespace } = tenant.metadata;
  const port = num(at(tenant, 'spec', 'networkProfile', 'port')) ?? 6443;
  return { conf: `https://${endpoint}`, svc: `https://${name}.${namespace}.svc:${port}` };
}

async function ensureKubeconfigs(
  kube: Kube,
  tenant: KubeObject,
  authority: Authority,
  endpoint: string,
): Promise<void> {
  const { name } = tenant.metadata;
  const port = num(at(tenant, 'spec', 'networkProfile', 'port')) ?? 6443;
  const servers = kubeconfigServers(tenant, endpoint);
  const users = {
    admin: ['kubernetes-admin', 'kubeadm:cluster-admins'],
    'super-admin': ['kubernetes-super-admin', 'system:masters'],
  };
  const basis = digest(JSON.stringify(servers) + authority.cert);
  const write = (purpose: string, make: () => Promise<SecretData>) => ensureSecret(kube, tenant, purpose, make, basis);
  await write('admin-kubeconfig', async () => {
    const entries = Object.entries(users).flatMap(([file, [user = '', group = '']]) =>
      Object.entries(servers).map(
        async ([suffix, server]) =>
          [`${file}.${suffix}`, await userKubeconfig(authority, server, user, [group], name)] as const,
      ),
    );
    return Object.fromEntries(await Promise.all(entries));
  });
  for (const program of ['controller-manager', 'scheduler']) {
    await write(`${program}-kubeconfig`, async () => ({
      [`${program}.conf`]: await userKubeconfig(
        authority,
        `https://localhost:${port}`,
        `system:kube-${program}`,
        [],
        name,
      ),
    }));
  }
}

function firstAddress(cidr: string): string {
  const [a = '10', b = '96', c = '0', d = '0'] = cidr.replace(/\/.*$/, '').split('.');
  return `${a}.${b}.${c}.${Number(d) + 1}`;
}

function digest(text: string): string {
  return createHash('sha256').update(text).digest('hex').slice(0, 32);
}
