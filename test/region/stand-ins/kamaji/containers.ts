import { at, type JsonObject, list, num, obj, str } from '../../json.ts';
import type { KubeObject } from '../../kube.ts';
import { endpointsOf } from './datastore.ts';
import { tunnelServer } from './konnectivity.ts';
import { secretName } from './tenant-secrets.ts';

/** Where the programs of a control plane listen beside the API server, whose port is the tenant's. */
export const CONTROLLER_MANAGER_PORT = 10257;
export const SCHEDULER_PORT = 10259;

const PKI = '/etc/kubernetes/pki';

/** What the Pods of a tenant are made for. */
interface Storage {
  dataStore: KubeObject;
  schema: string;
}

/**
 * The containers of a control plane with the command lines, mounts and probes that Kamaji gives them
 * (internal/builders/controlplane/deployment.go of 1.0.0); `address` is what the API servers are reached by. The tunnel's
 * server takes its room but is not run, so the API servers are not told to use it.
 */
export function containers(tenant: KubeObject, address: string, storage: Storage): JsonObject[] {
  const port = num(at(tenant, 'spec', 'networkProfile', 'port')) ?? 6443;
  const program = (name: string, field: string, args: string[], own: JsonObject): JsonObject => {
    const deployment = obj(at(tenant, 'spec', 'controlPlane', 'deployment'));
    const registry = str(at(deployment, 'registrySettings', 'registry')) ?? 'registry.k8s.io';
    return {
      name,
      image: `${registry}/${name}:${str(at(tenant, 'spec', 'kubernetes', 'version')) ?? ''}`,
      command: [name],
      args: override(args, at(deployment, 'extraArgs', field)),
      ...(at(deployment, 'resources', field) !== undefined && { resources: at(deployment, 'resources', field) }),
      ...own,
    };
  };
  return [
    program('kube-apiserver', 'apiServer', apiServerArgs(tenant, address, storage), {
      livenessProbe: probe('/livez', port),
      readinessProbe: probe('/readyz', port),
      startupProbe: probe('/livez', port),
      volumeMounts: [mount('etc-kubernetes-pki', PKI), ...authorityMounts],
    }),
    program('kube-scheduler', 'scheduler', clientArgs('scheduler'), {
      livenessProbe: probe('/healthz', SCHEDULER_PORT),
      startupProbe: probe('/healthz', SCHEDULER_PORT),
      volumeMounts: [mount('scheduler-kubeconfig', '/etc/kubernetes')],
    }),
    program('kube-controller-manager', 'controllerManager', controllerManagerArgs(tenant), {
      livenessProbe: probe('/healthz', CONTROLLER_MANAGER_PORT),
      startupProbe: probe('/healthz', CONTROLLER_MANAGER_PORT),
      volumeMounts: [
        mount('controller-manager-kubeconfig', '/etc/kubernetes'),
        mount('etc-kubernetes-pki', PKI),
        ...authorityMounts,
      ],
    }),
    ...tunnelServer(tenant),
  ];
}

/** The volumes these containers mount. */
export function volumes(tenant: KubeObject): JsonObject[] {
  const secret = (purpose: string) => ({ secret: { secretName: secretName(tenant, purpose) } });
  return [
    { name: 'etc-kubernetes-pki', projected: { sources: keySources(tenant) } },
    ...authorityMounts.map(({ name }) => ({ name, ...secret('ca') })),
    { name: 'scheduler-kubeconfig', ...secret('scheduler-kubeconfig') },
    { name: 'controller-manager-kubeconfig', ...secret('controller-manager-kubeconfig') },
  ];
}

function apiServerArgs(tenant: KubeObject, address: string, { dataStore, schema }: Storage): string[] {
  const network = at(tenant, 'spec', 'networkProfile');
  const kubernetes = at(tenant, 'spec', 'kubernetes');
  const strings = (value: unknown) => list(value).flatMap(entry => str(entry) ?? []);
  return [
    `--advertise-address=${address}`,
    '--allow-privileged=true',
    '--authorization-mode=Node,RBAC',
    `--client-ca-file=${PKI}/ca.crt`,
    `--enable-admission-plugins=${strings(at(kubernetes, 'admissionControllers')).join(',')}`,
    '--enable-bootstrap-token-auth=true',
    `--etcd-cafile=${PKI}/etcd/ca.crt`,
    `--etcd-certfile=${PKI}/etcd/server.crt`,
    '--etcd-compaction-interval=0',
    `--etcd-keyfile=${PKI}/etcd/server.key`,
    `--etcd-prefix=/${schema}`,
    `--etcd-servers=${endpointsOf(dataStore)
      .map(endpoint => `https://${endpoint}`)
      .join(',')}`,
    `--kubelet-client-certificate=${PKI}/apiserver-kubelet-client.crt`,
    `--kubelet-client-key=${PKI}/apiserver-kubelet-client.key`,
    `--kubelet-preferred-address-types=${strings(at(kubernetes, 'kubelet', 'preferredAddressTypes')).join(',')}`,
    `--proxy-client-cert-file=${PKI}/front-proxy-client.crt`,
    `--proxy-client-key-file=${PKI}/front-proxy-client.key`,
    '--requestheader-allowed-names=front-proxy-client',
    `--requestheader-client-ca-file=${PKI}/front-proxy-ca.crt`,
    '--requestheader-extra-headers-prefix=X-Remote-Extra-',
    '--requestheader-group-headers=X-Remote-Group',
    '--requestheader-username-headers=X-Remote-User',
    `--secure-port=${num(at(network, 'port')) ?? 6443}`,
    '--service-account-issuer=https://kubernetes.default.svc.cluster.local',
    `--service-account-key-file=${PKI}/sa.pub`,
    `--service-account-signing-key-file=${PKI}/sa.key`,
    `--service-cluster-ip-range=${str(at(network, 'serviceCidr')) ?? '10.96.0.0/16'}`,
    `--tls-cert-file=${PKI}/apiserver.crt`,
    `--tls-private-key-file=${PKI}/apiserver.key`,
  ];
}

function clientArgs(program: string): string[] {
  const kubeconfig = `/etc/kubernetes/${program}.conf`;
  return [
    `--authentication-kubeconfig=${kubeconfig}`,
    `--authorization-kubeconfig=${kubeconfig}`,
    '--bind-address=0.0.0.0',
    `--kubeconfig=${kubeconfig}`,
    '--leader-elect=true',
  ];
}

function controllerManagerArgs(tenant: KubeObject): string[] {
  const network = at(tenant, 'spec', 'networkProfile');
  return [
    ...clientArgs('controller-manager'),
    '--allocate-node-cidrs=true',
    `--client-ca-file=${PKI}/ca.crt`,
    `--cluster-cidr=${str(at(network, 'podCidr')) ?? '10.244.0.0/16'}`,
    `--cluster-name=${tenant.metadata.name}`,
    `--cluster-signing-cert-file=${PKI}/ca.crt`,
    `--cluster-signing-key-file=${PKI}/ca.key`,
    '--controllers=*,bootstrapsigner,tokencleaner',
    `--requestheader-client-ca-file=${PKI}/front-proxy-ca.crt`,
    `--root-ca-file=${PKI}/ca.crt`,
    `--service-account-private-key-file=${PKI}/sa.key`,
    `--service-cluster-ip-range=${str(at(network, 'serviceCidr')) ?? '10.96.0.0/16'}`,
    '--use-service-account-credentials=true',
  ];
}

function probe(path: string, port: number): JsonObject {
  return {
    httpGet: { path, port, scheme: 'HTTPS' },
    timeoutSeconds: 1,
    periodSeconds: 10,
    successThreshold: 1,
    failureThreshold: 3,
  };
}

function mount(name: string, mountPath: string) {
  return { name, mountPath, readOnly: true };
}

/** Programs find authorities they may trust in these folders; Kamaji puts the tenant's own there. */
const authorityMounts = [
  mount('etc-ca-certificates', '/etc/ca-certificates'),
  mount('etc-ssl-certs', '/etc/ssl/certs'),
  mount('usr-share-ca-certificates', '/usr/share/ca-certificates'),
  mount('usr-local-share-ca-certificates', '/usr/local/share/ca-certificates'),
];

function keySources(tenant: KubeObject): JsonObject[] {
  const source = (purpose: string, keys: string[], folder = '') => ({
    secret: { name: secretName(tenant, purpose), items: keys.map(key => ({ key, path: `${folder}${key}` })) },
  });
  const pair = (purpose: string, name: string) => source(purpose, [`${name}.crt`, `${name}.key`]);
  return [
    pair('api-server-certificate', 'apiserver'),
    pair('ca', 'ca'),
    pair('api-server-kubelet-client-certificate', 'apiserver-kubelet-client'),
    pair('front-proxy-ca-certificate', 'front-proxy-ca'),
    pair('front-proxy-client-certificate', 'front-proxy-client'),
    source('sa-certificate', ['sa.pub', 'sa.key']),
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
