import { stringify } from 'yaml';
import { at, list, str } from '../../json.ts';
import { type Kube, type KubeObject, kindOf } from '../../kube.ts';
import { kubeconfigServers } from './tenant-secrets.ts';

const TOKEN_GROUP = 'system:bootstrappers:kubeadm:default-node-token';

/** What kubeadm leaves in a new cluster so that nodes can join with a token, and its administrators get in. */
export function kubeadmObjects(tenant: KubeObject, authority: string, endpoint: string): KubeObject[] {
  const readers = [TOKEN_GROUP, 'system:nodes'].map(name => subject('Group', name));
  const tokens = [subject('Group', TOKEN_GROUP)];
  const csr = 'system:certificates.k8s.io:certificatesigningrequests';
  return [
    binding('kubeadm:cluster-admins', 'cluster-admin', [subject('Group', 'kubeadm:cluster-admins')]),
    clusterRole('kubeadm:get-nodes', { apiGroups: [''], resources: ['nodes'], verbs: ['get'] }),
    binding('kubeadm:get-nodes', 'kubeadm:get-nodes', tokens),
    binding('kubeadm:kubelet-bootstrap', 'system:node-bootstrapper', tokens),
    binding('kubeadm:node-autoapprove-bootstrap', `${csr}:nodeclient`, tokens),
    binding('kubeadm:node-autoapprove-certificate-rotation', `${csr}:selfnodeclient`, [
      subject('Group', 'system:nodes'),
    ]),
    // The API servers reach the kubelets by it (internal/kubeadm/bootstraptoken.go:43).
    binding('kubeadm:apiserver-kubelet-client', 'system:kubelet-api-admin', [
      subject('User', 'kube-apiserver-kubelet-client'),
    ]),
    configMap('kube-public', 'cluster-info', { kubeconfig: clusterInfo(authority, infoServer(tenant, endpoint)) }),
    ...readable('kube-public', 'kubeadm:bootstrap-signer-clusterinfo', 'cluster-info', [
      subject('User', 'system:anonymous'),
    ]),
    configMap('kube-system', 'kubeadm-config', { ClusterConfiguration: clusterConfiguration(tenant, endpoint) }),
    ...readable('kube-system', 'kubeadm:nodes-kubeadm-config', 'kubeadm-config', readers),
    configMap('kube-system', 'kubelet-config', { kubelet: kubeletConfiguration(tenant) }),
    ...readable('kube-system', 'kubeadm:kubelet-config', 'kubelet-config', readers),
  ];
}

/** Applies them; `kube` is the tenant's administrator. The signer's additions to cluster-info are kept. */
export async function applyKubeadm(kube: Kube, objects: KubeObject[]): Promise<void> {
  for (const object of objects) {
    const current = await kube.get(kindOf(object), object.metadata.name, object.metadata.namespace);
    if (!current || object.data) await kube.apply(object, { fieldManager: 'kamaji' });
  }
}

/**
 * The server of the kubeconfig that the annotation chooses, which machines that join are sent to
 * (internal/kubeadm/bootstraptoken.go:50, internal/utilities/tenant_client.go:48).
 */
function infoServer(tenant: KubeObject, endpoint: string): string {
  const key = tenant.metadata.annotations?.['kamaji.clastix.io/kubeconfig-secret-key'] || 'super-admin.conf';
  const servers = kubeconfigServers(tenant, endpoint);
  return key.endsWith('.svc') ? servers.svc : servers.conf;
}

function clusterInfo(authority: string, server: string): string {
  const cluster = { 'certificate-authority-data': Buffer.from(authority).toString('base64'), server };
  return stringify({
    apiVersion: 'v1',
    kind: 'Config',
    clusters: [{ name: '', cluster }],
    contexts: [],
    users: [],
    'current-context': '',
    preferences: {},
  });
}

function clusterConfiguration(tenant: KubeObject, endpoint: string): string {
  const network = at(tenant, 'spec', 'networkProfile');
  return stringify({
    apiVersion: 'kubeadm.k8s.io/v1beta4',
    kind: 'ClusterConfiguration',
    clusterName: tenant.metadata.name,
    controlPlaneEndpoint: endpoint,
    kubernetesVersion: str(at(tenant, 'spec', 'kubernetes', 'version')),
    certificatesDir: '/etc/kubernetes/pki',
    networking: {
      dnsDomain: str(at(network, 'clusterDomain')) ?? 'cluster.local',
      podSubnet: str(at(network, 'podCidr')),
      serviceSubnet: str(at(network, 'serviceCidr')),
    },
  });
}

function kubeletConfiguration(tenant: KubeObject): string {
  return stringify({
    apiVersion: 'kubelet.config.k8s.io/v1beta1',
    kind: 'KubeletConfiguration',
    cgroupDriver: str(at(tenant, 'spec', 'kubernetes', 'kubelet', 'cgroupfs')) ?? 'systemd',
    clusterDNS: list(at(tenant, 'spec', 'networkProfile', 'dnsServiceIPs')),
    clusterDomain: str(at(tenant, 'spec', 'networkProfile', 'clusterDomain')) ?? 'cluster.local',
    rotateCertificates: true,
    staticPodPath: '/etc/kubernetes/manifests',
    // Defaults are written out (internal/kubeadm/uploadconfig.go): kubelets ask the API servers whom to let in.
    authentication: {
      anonymous: { enabled: false },
      webhook: { enabled: true, cacheTTL: '0s' },
      x509: { clientCAFile: '/etc/kubernetes/pki/ca.crt' },
    },
    authorization: { mode: 'Webhook', webhook: { cacheAuthorizedTTL: '0s', cacheUnauthorizedTTL: '0s' } },
    evictionPressureTransitionPeriod: '0s',
    healthzBindAddress: '127.0.0.1',
    healthzPort: 10248,
  });
}

const RBAC = 'rbac.authorization.k8s.io';

interface Subject {
  apiGroup: string;
  kind: 'User' | 'Group';
  name: string;
}

function subject(kind: Subject['kind'], name: string): Subject {
  return { apiGroup: RBAC, kind, name };
}

function clusterRole(name: string, rule: Record<string, string[]>): KubeObject {
  return { apiVersion: `${RBAC}/v1`, kind: 'ClusterRole', metadata: { name }, rules: [rule] };
}

function binding(name: string, role: string, subjects: Subject[]): KubeObject {
  const roleRef = { apiGroup: RBAC, kind: 'ClusterRole', name: role };
  return { apiVersion: `${RBAC}/v1`, kind: 'ClusterRoleBinding', metadata: { name }, roleRef, subjects };
}

function readable(namespace: string, name: string, map: string, subjects: Subject[]): KubeObject[] {
  const rule = { apiGroups: [''], resources: ['configmaps'], resourceNames: [map], verbs: ['get'] };
  const roleRef = { apiGroup: RBAC, kind: 'Role', name };
  return [
    { apiVersion: `${RBAC}/v1`, kind: 'Role', metadata: { name, namespace }, rules: [rule] },
    { apiVersion: `${RBAC}/v1`, kind: 'RoleBinding', metadata: { name, namespace }, roleRef, subjects },
  ];
}

function configMap(namespace: string, name: string, data: Record<string, string>): KubeObject {
  return { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name, namespace }, data };
}
