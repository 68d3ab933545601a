import { createHash } from 'node:crypto';
import { at, type JsonObject, list, num, obj, str, strings } from '../../json.ts';
import type { KubeObject, OwnerReference } from '../../kube.ts';

/** Label by which the operator, its Services and spread constraints find a cluster's members. */
export const CLUSTER_LABEL = 'etcd-operator.cozystack.io/cluster';
const ROLE_LABEL = 'etcd-operator.cozystack.io/role';

/** Names of a cluster's members: random-looking, as generateName gives them, but the same at every reconcile. */
export function memberNames(cluster: KubeObject, count: number): string[] {
  return Array.from({ length: count }, (_, index) => {
    const digest = createHash('sha256').update(`${cluster.metadata.uid}/${index}`).digest('hex');
    return `${cluster.metadata.name}-${digest.slice(0, 5)}`;
  });
}

/** The Secrets a cluster's members and the operator need, from the spec. */
export function tlsSecrets(cluster: KubeObject) {
  const client = at(cluster, 'spec', 'tls', 'client');
  const peer = at(cluster, 'spec', 'tls', 'peer');
  return {
    server: str(at(client, 'serverSecretRef', 'name')),
    operator: str(at(client, 'operatorClientSecretRef', 'name')),
    peer: str(at(peer, 'secretRef', 'name')),
  };
}

/** The Pod of a member, with etcd's command line as the operator writes it. */
export function memberPod(cluster: KubeObject, name: string, all: string[]): KubeObject {
  const { namespace, name: service } = cluster.metadata;
  const tls = tlsSecrets(cluster);
  const host = (member: string) => `${member}.${service}.${namespace}.svc`;
  const clientScheme = tls.server ? 'https' : 'http';
  const peerScheme = tls.peer ? 'https' : 'http';
  const spec = obj(cluster.spec);
  const command = [
    'etcd',
    `--name=${name}`,
    '--data-dir=/var/lib/etcd',
    `--listen-peer-urls=${peerScheme}://0.0.0.0:2380`,
    `--listen-client-urls=${clientScheme}://0.0.0.0:2379`,
    `--advertise-client-urls=${clientScheme}://${host(name)}:2379`,
    `--initial-advertise-peer-urls=${peerScheme}://${host(name)}:2380`,
    `--initial-cluster=${all.map(member => `${member}=${peerScheme}://${host(member)}:2380`).join(',')}`,
    `--initial-cluster-token=${cluster.metadata.uid}`,
    '--initial-cluster-state=new',
    '--listen-metrics-urls=http://0.0.0.0:2381',
    ...optionFlags(at(spec, 'options')),
    ...(tls.server ? ['--cert-file=/etc/etcd/tls/client/tls.crt', '--key-file=/etc/etcd/tls/client/tls.key'] : []),
    ...(tls.operator ? ['--client-cert-auth=true', '--trusted-ca-file=/etc/etcd/tls/client/ca.crt'] : []),
    ...(tls.peer
      ? [
          '--peer-cert-file=/etc/etcd/tls/peer/tls.crt',
          '--peer-key-file=/etc/etcd/tls/peer/tls.key',
          '--peer-trusted-ca-file=/etc/etcd/tls/peer/ca.crt',
          '--peer-client-cert-auth=true',
        ]
      : []),
  ];
  const secrets = [
    ...(tls.server ? [{ name: 'tls-client', secret: tls.server, path: '/etc/etcd/tls/client' }] : []),
    ...(tls.peer ? [{ name: 'tls-peer', secret: tls.peer, path: '/etc/etcd/tls/peer' }] : []),
  ];
  const memory = at(spec, 'storage', 'medium') === 'Memory';
  return {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: {
      ...metadata(cluster, name, { 'app.kubernetes.io/component': name, [ROLE_LABEL]: 'voter' }),
      annotations: strings(at(spec, 'additionalMetadata', 'annotations')),
    },
    spec: {
      hostname: name,
      subdomain: service,
      ...pick(spec, ['affinity', 'topologySpreadConstraints', 'imagePullSecrets']),
      automountServiceAccountToken: false,
      containers: [
        {
          name: 'etcd',
          image: `quay.io/coreos/etcd:v${str(at(spec, 'version'))}`,
          command,
          ports: [
            { name: 'client', containerPort: 2379 },
            { name: 'peer', containerPort: 2380 },
            { name: 'metrics', containerPort: 2381 },
          ],
          resources: at(spec, 'resources') ?? { requests: { cpu: '100m', memory: '128Mi' } },
          volumeMounts: [
            { name: 'data', mountPath: '/var/lib/etcd' },
            ...secrets.map(({ name: volume, path }) => ({ name: volume, mountPath: path, readOnly: true })),
          ],
        },
      ],
      volumes: [
        {
          name: 'data',
          ...(memory ? { emptyDir: { medium: 'Memory' } } : { persistentVolumeClaim: { claimName: `data-${name}` } }),
        },
        ...secrets.map(({ name: volume, secret }) => ({ name: volume, secret: { secretName: secret } })),
      ],
    },
  };
}

/** The claim for a member's data, or undefined when it lives in memory. */
export function memberClaim(cluster: KubeObject, name: string): KubeObject | undefined {
  const storage = at(cluster, 'spec', 'storage');
  if (at(storage, 'medium') === 'Memory') return undefined;
  return {
    apiVersion: 'v1',
    kind: 'PersistentVolumeClaim',
    metadata: metadata(cluster, `data-${name}`, { 'app.kubernetes.io/component': name }),
    spec: {
      accessModes: ['ReadWriteOnce'],
      ...pick(obj(storage), ['storageClassName']),
      resources: { requests: { storage: at(storage, 'size') ?? '1Gi' } },
    },
  };
}

/** Headless Service for peers, client Service, and the budget that keeps a quorum from being drained. */
export function sharedObjects(cluster: KubeObject, replicas: number): KubeObject[] {
  const { name } = cluster.metadata;
  const selector = { [CLUSTER_LABEL]: name };
  const client = { name: 'client', port: 2379 };
  const service = { apiVersion: 'v1', kind: 'Service' };
  return [
    {
      ...service,
      metadata: metadata(cluster, name),
      spec: {
        clusterIP: 'None',
        publishNotReadyAddresses: true,
        selector,
        ports: [client, { name: 'peer', port: 2380 }],
      },
    },
    { ...service, metadata: metadata(cluster, `${name}-client`), spec: { selector, ports: [client] } },
    {
      apiVersion: 'policy/v1',
      kind: 'PodDisruptionBudget',
      metadata: metadata(cluster, name),
      spec: {
        maxUnavailable: Math.floor((replicas - 1) / 2),
        selector: { matchLabels: { ...selector, [ROLE_LABEL]: 'voter' } },
      },
    },
  ];
}

function metadata(cluster: KubeObject, name: string, more: Record<string, string> = {}): KubeObject['metadata'] {
  const owner: OwnerReference = {
    apiVersion: cluster.apiVersion,
    kind: cluster.kind,
    name: cluster.metadata.name,
    uid: cluster.metadata.uid ?? '',
    controller: true,
    blockOwnerDeletion: true,
  };
  return {
    name,
    namespace: cluster.metadata.namespace,
    labels: {
      ...strings(at(cluster, 'spec', 'additionalMetadata', 'labels')),
      'app.kubernetes.io/name': 'etcd',
      'app.kubernetes.io/instance': cluster.metadata.name,
      'app.kubernetes.io/managed-by': 'etcd-operator',
      [CLUSTER_LABEL]: cluster.metadata.name,
      ...more,
    },
    ownerReferences: [owner],
  };
}

function optionFlags(options: unknown): string[] {
  const flags: [string, unknown][] = [
    ['quota-backend-bytes', num(at(options, 'quotaBackendBytes'))],
    ['auto-compaction-mode', str(at(options, 'autoCompactionMode'))],
    ['auto-compaction-retention', str(at(options, 'autoCompactionRetention'))],
    ['snapshot-count', num(at(options, 'snapshotCount'))],
  ];
  return flags.flatMap(([flag, value]) => (value === undefined ? [] : [`--${flag}=${value}`]));
}

function pick(from: JsonObject, keys: string[]): JsonObject {
  return Object.fromEntries(keys.flatMap(key => (from[key] === undefined ? [] : [[key, from[key]]])));
}

/** Entries of a Pod's condition list that say it serves. */
export function isReady(pod: KubeObject): boolean {
  return list(at(pod, 'status', 'conditions')).some(
    entry => at(entry, 'type') === 'Ready' && at(entry, 'status') === 'True',
  );
}
