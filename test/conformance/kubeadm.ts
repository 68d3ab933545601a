import { createHash, createHmac, X509Certificate } from 'node:crypto';
import { stringify } from 'yaml';
import type { KubeObject } from '../region/kube.ts';
import type { BareCluster } from './clusters.ts';
import { namespace } from './machines.ts';

export const tokenId = 'abcdef';
const tokenSecret = '0123456789abcdef';
/** A name the tenant's certificate is good for, served by a Service of the platform. */
const endpoint = 'kubernetes.default.svc:443';
/** What kubeadm's phases leave behind in a cluster, written by hand. */
export async function prepareTenant({ kube, pki }: BareCluster): Promise<void> {
  const ca = Buffer.from(pki.authority.cert).toString('base64');
  const kubeconfig = stringify({
    apiVersion: 'v1',
    kind: 'Config',
    clusters: [{ name: '', cluster: { 'certificate-authority-data': ca, server: `https://${endpoint}` } }],
  });
  const header = Buffer.from(JSON.stringify({ alg: 'HS256', kid: tokenId })).toString('base64url');
  const payload = Buffer.from(kubeconfig).toString('base64url');
  const signature = createHmac('sha256', tokenSecret).update(`${header}.${payload}`).digest('base64url');
  const bootstrappers = { kind: 'Group', name: 'system:bootstrappers:kubeadm:default-node-token' };
  const role = (name: string, ns: string, resourceNames: string[]): KubeObject => ({
    apiVersion: 'rbac.authorization.k8s.io/v1',
    kind: 'Role',
    metadata: { name, namespace: ns },
    rules: [{ apiGroups: [''], resources: ['configmaps'], resourceNames, verbs: ['get'] }],
  });
  const binding = (name: string, kind: string, subject: object, ns?: string): KubeObject => ({
    apiVersion: 'rbac.authorization.k8s.io/v1',
    kind: ns ? 'RoleBinding' : 'ClusterRoleBinding',
    metadata: { name: `test:${name}`, ...(ns && { namespace: ns }) },
    roleRef: { apiGroup: 'rbac.authorization.k8s.io', kind, name },
    subjects: [{ apiGroup: 'rbac.authorization.k8s.io', ...subject }],
  });
  const objects: KubeObject[] = [
    configMap('cluster-info', 'kube-public', { kubeconfig, [`jws-kubeconfig-${tokenId}`]: `${header}..${signature}` }),
    configMap('kubeadm-config', 'kube-system', { ClusterConfiguration: '' }),
    configMap('kubelet-config', 'kube-system', { kubelet: 'kind: KubeletConfiguration' }),
    {
      apiVersion: 'v1',
      kind: 'Secret',
      metadata: { name: `bootstrap-token-${tokenId}`, namespace: 'kube-system' },
      type: 'bootstrap.kubernetes.io/token',
      stringData: {
        'token-id': tokenId,
        'token-secret': tokenSecret,
        'usage-bootstrap-authentication': 'true',
        'auth-extra-groups': 'system:bootstrappers:kubeadm:default-node-token',
      },
    },
    role('info', 'kube-public', ['cluster-info']),
    binding('info', 'Role', { kind: 'User', name: 'system:anonymous' }, 'kube-public'),
    role('configs', 'kube-system', ['kubeadm-config', 'kubelet-config']),
    binding('configs', 'Role', bootstrappers, 'kube-system'),
    binding('system:node-bootstrapper', 'ClusterRole', bootstrappers),
    binding('system:certificates.k8s.io:certificatesigningrequests:nodeclient', 'ClusterRole', bootstrappers),
  ];
  for (const object of objects) await kube.apply(object);
}

/** Bootstrap data as Cluster API and its KubeVirt provider leave it for a machine. */
export function bootstrapData(
  tenant: BareCluster,
  name: string,
  args: Record<string, string>,
  pin?: string,
): KubeObject {
  const key = new X509Certificate(tenant.pki.authority.cert).publicKey.export({ type: 'spki', format: 'der' });
  const join = stringify({
    apiVersion: 'kubeadm.k8s.io/v1beta4',
    kind: 'JoinConfiguration',
    discovery: {
      bootstrapToken: {
        apiServerEndpoint: endpoint,
        caCertHashes: [pin ?? `sha256:${createHash('sha256').update(key).digest('hex')}`],
        token: `${tokenId}.${tokenSecret}`,
      },
    },
    nodeRegistration: {
      name: '{{ ds.meta_data.local_hostname }}',
      kubeletExtraArgs: Object.entries(args).map(([arg, value]) => ({ name: arg, value })),
      taints: [{ key: 'dedicated', value: name, effect: 'NoSchedule' }],
    },
  });
  const path = '/run/kubeadm/kubeadm-join-config.yaml';
  const body = stringify({
    write_files: [{ path, content: join }],
    runcmd: [`kubeadm join --config ${path}`],
  });
  return {
    apiVersion: 'v1',
    kind: 'Secret',
    metadata: { name: `${name}-userdata`, namespace },
    stringData: { userdata: `## template: jinja\n#cloud-config\n${body}` },
  };
}

function configMap(name: string, ns: string, data: Record<string, string>): KubeObject {
  return { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name, namespace: ns }, data };
}
