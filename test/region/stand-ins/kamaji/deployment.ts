import { at, type JsonObject, list, num, obj, str, strings } from '../../json.ts';
import type { KubeObject } from '../../kube.ts';
import { endpointsOf } from './datastore.ts';
import { tunnelPort, tunnelServer } from './konnectivity.ts';
import { ownerReference, secretName } from './tenant-secrets.ts';

/** Label of everything that serves a tenant control plane; spread constraints select by it. */
export const TENANT_LABEL = 'kamaji.clastix.io/name';

/** The Service of a tenant's API servers. */
export function tenantService(tenant: KubeObject): KubeObject {
  const { name, namespace } = tenant.metadata;
  const port = num(at(tenant, 'spec', 'networkProfile', 'port')) ?? 6443;
  const tunnel = tunnelPort(tenant);
  const extra = at(tenant, 'spec', 'controlPlane', 'service', 'additionalMetadata');
  return {
    apiVersion: 'v1',
    kind: 'Service',
    metadata: {
      name,
      namespace,
      labels: { ...strings(at(extra, 'labels')), [TENANT_LABEL]: name, 'kamaji.clastix.io/component': 'service' },
      annotations: strings(at(extra, 'annotations')),
      ownerReferences: [ownerReference(tenant)],
    },
    spec: {
      type: str(at(tenant, 'spec', 'controlPlane', 'service', 'serviceType')) ?? 'ClusterIP',
      selector: { [TENANT_LABEL]: name },
      ports: [
        { name: 'kube-apiserver', protocol: 'TCP', port, targetPort: port },
        ...(tunnel ? [{ name: 'konnectivity-server', protocol: 'TCP', port: tunnel, targetPort: tunnel }] : []),
      ],
    },
  };
}

/** The Deployment of a tenant's control plane, with the command lines Kamaji gives the programs. */
export function tenantDeployment(
  tenant: KubeObject,
  dataStore: KubeObject,
  { schema, checksum }: { schema: string; checksum: string },
): KubeObject {
  const { name, namespace } = tenant.metadata;
  const own = obj(at(tenant, 'spec', 'controlPlane', 'deployment'));
  const podMetadata = at(own, 'podAdditionalMetadata');
  return {
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    metadata: {
      name,
      namespace,
      labels: {
        ...strings(at(own, 'additionalMetadata', 'labels')),
        [TENANT_LABEL]: name,
        'kamaji.clastix.io/component': 'deployment',
      },
      annotations: strings(at(own, 'additionalMetadata', 'annotations')),
      ownerReferences: [ownerReference(tenant)],
    },
    spec: {
      replicas: num(own.replicas) ?? 2,
      selector: { matchLabels: { [TENANT_LABEL]: name } },
      strategy: strategy(own.strategy),
      template: {
        metadata: {
          labels: {
            ...strings(at(podMetadata, 'labels')),
            [TENANT_LABEL]: name,
            'kamaji.clastix.io/component': 'deployment',
            'component.kamaji.clastix.io/certificates': checksum,
            'component.kamaji.clastix.io/datastore': dataStore.metadata.name,
          },
          annotations: strings(at(podMetadata, 'annotations')),
        },
        spec: {
          ...pick(own, ['nodeSelector', 'affinity', 'tolerations', 'topologySpreadConstraints', 'runtimeClassName']),
          serviceAccountName: str(own.serviceAccountName) ?? 'default',
          containers: containers(tenant, dataStore, schema),
          volumes: [{ name: 'etc-kubernetes-pki', projected: { sources: keySources(tenant) } }],
        },
      },
    },
  };
}

/** Without options of its own a rollout is blue/green: all new Pods stand before an old one goes. */
function strategy(asked: unknown): JsonObject {
  const type = str(at(asked, 'type')) ?? 'RollingUpdate';
  if (type === 'Recreate') return { type };
  return { type, rollingUpdate: at(asked, 'rollingUpdate') ?? { maxSurge: '100%', maxUnavailable: 0 } };
}

function containers(tenant: KubeObject, dataStore: KubeObject, schema: string): JsonObject[] {
  const own = obj(at(tenant, 'spec', 'controlPlane', 'deployment'));
  const registry = str(at(own, 'registrySettings', 'registry')) ?? 'registry.k8s.io';
  const version = str(at(tenant, 'spec', 'kubernetes', 'version')) ?? '';
  const container = (program: string, field: string, args: string[]) => ({
    name: program,
    image: `${registry}/${program}:${version}`,
    command: [program],
    args: override(args, at(own, 'extraArgs', field)),
    ...(at(own, 'resources', field) !== undefined && { resources: at(own, 'resources', field) }),
    volumeMounts: [{ name: 'etc-kubernetes-pki', mountPath: PKI, readOnly: true }],
  });
  const network = at(tenant, 'spec', 'networkProfile');
  const services = `--service-cluster-ip-range=${str(at(network, 'serviceCidr')) ?? '10.96.0.0/16'}`;
  return [
    container('kube-apiserver', 'apiServer', apiServerArgs(tenant, dataStore, schema)),
    container('kube-scheduler', 'scheduler', ['--leader-elect=true']),
    container('kube-controller-manager', 'controllerManager', [
      '--leader-elect=true',
      '--controllers=*,bootstrapsigner,tokencleaner',
      '--allocate-node-cidrs=true',
      `--cluster-cidr=${str(at(network, 'podCidr')) ?? '10.244.0.0/16'}`,
      services,
    ]),
    ...tunnelServer(tenant),
  ];
}

const PKI = '/etc/kubernetes/pki';

function apiServerArgs(tenant: KubeObject, dataStore: KubeObject, schema: string): string[] {
  const network = at(tenant, 'spec', 'networkProfile');
  const plugins = list(at(tenant, 'spec', 'kubernetes', 'admissionControllers')).flatMap(entry => str(entry) ?? []);
  return [
    '--allow-privileged=true',
    '--authorization-mode=Node,RBAC',
    '--enable-bootstrap-token-auth=true',
    ...(plugins.length > 0 ? [`--enable-admission-plugins=${plugins.join(',')}`] : []),
    `--secure-port=${num(at(network, 'port')) ?? 6443}`,
    `--service-cluster-ip-range=${str(at(network, 'serviceCidr')) ?? '10.96.0.0/16'}`,
    '--service-account-issuer=https://kubernetes.default.svc.cluster.local',
    `--service-account-key-file=${PKI}/sa.pub`,
    `--service-account-signing-key-file=${PKI}/sa.key`,
    `--client-ca-file=${PKI}/ca.crt`,
    `--tls-cert-file=${PKI}/apiserver.crt`,
    `--tls-private-key-file=${PKI}/apiserver.key`,
    `--proxy-client-cert-file=${PKI}/front-proxy-client.crt`,
    `--proxy-client-key-file=${PKI}/front-proxy-client.key`,
    '--requestheader-allowed-names=front-proxy-client',
    `--requestheader-client-ca-file=${PKI}/front-proxy-ca.crt`,
    '--requestheader-extra-headers-prefix=X-Remote-Extra-',
    '--requestheader-group-headers=X-Remote-Group',
    '--requestheader-username-headers=X-Remote-User',
    '--etcd-compaction-interval=0',
    `--etcd-prefix=/${schema}`,
    `--etcd-servers=${endpointsOf(dataStore)
      .map(endpoint => `https://${endpoint}`)
      .join(',')}`,
    `--etcd-cafile=${PKI}/etcd/ca.crt`,
    `--etcd-certfile=${PKI}/etcd/server.crt`,
    `--etcd-keyfile=${PKI}/etcd/server.key`,
  ];
}

function keySources(tenant: KubeObject): JsonObject[] {
  const source = (purpose: string, keys: string[], folder = '') => ({
    secret: { name: secretName(tenant, purpose), items: keys.map(key => ({ key, path: `${folder}${key}` })) },
  });
  return [
    source('ca', ['ca.crt', 'ca.key']),
    source('api-server-certificate', ['apiserver.crt', 'apiserver.key']),
    source('sa-certificate', ['sa.pub', 'sa.key']),
    source('front-proxy-ca-certificate', ['front-proxy-ca.crt']),
    source('front-proxy-client-certificate', ['front-proxy-client.crt', 'front-proxy-client.key']),
    source('datastore-certificate', ['ca.crt', 'server.crt', 'server.key'], 'etcd/'),
  ];
}

/** Extra arguments replace those of the same flag. */
function override(args: string[], extra: unknown): string[] {
  const added = list(extra).flatMap(entry => str(entry) ?? []);
  const flags = new Set(added.map(flagOf));
  return [...args.filter(arg => !flags.has(flagOf(arg))), ...added];
}

function flagOf(arg: string): string {
  return arg.split('=', 1)[0] ?? arg;
}

function pick(from: JsonObject, keys: string[]): JsonObject {
  return Object.fromEntries(keys.flatMap(key => (from[key] === undefined ? [] : [[key, from[key]]])));
}
