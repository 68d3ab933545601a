import { isIP } from 'node:net';
import { at, type JsonObject, list, num, obj, str, strings } from '../../json.ts';
import type { KubeObject } from '../../kube.ts';

/** Chooses which key of Kamaji's admin kubeconfig becomes the cluster's kubeconfig. */
export const KUBECONFIG_KEY_ANNOTATION = 'kamaji.clastix.io/kubeconfig-secret-key';

/** The tenant control plane that a KamajiControlPlane and its Cluster ask for; throws on what the provider refuses. */
export function tenantControlPlane(controlPlane: KubeObject, cluster: KubeObject): KubeObject {
  const { name, namespace, labels = {}, annotations = {} } = controlPlane.metadata;
  const spec = obj(controlPlane.spec);
  return {
    apiVersion: 'kamaji.clastix.io/v1alpha1',
    kind: 'TenantControlPlane',
    metadata: {
      name,
      ...(namespace && { namespace }),
      labels,
      annotations: Object.fromEntries(
        Object.entries(annotations).filter(([key]) => key !== 'kubectl.kubernetes.io/last-applied-configuration'),
      ),
      ownerReferences: [
        {
          apiVersion: controlPlane.apiVersion,
          kind: controlPlane.kind,
          name,
          uid: controlPlane.metadata.uid ?? '',
          controller: true,
          blockOwnerDeletion: true,
        },
      ],
    },
    spec: prune({
      dataStore: spec.dataStoreName,
      dataStoreSchema: spec.dataStoreSchema ?? defaultSchema(controlPlane),
      dataStoreUsername: spec.dataStoreUsername ?? defaultSchema(controlPlane),
      addons: addons(spec),
      kubernetes: {
        version: `v${String(spec.version).replace(/^v/, '')}`,
        kubelet: spec.kubelet ?? { cgroupfs: 'systemd' },
        admissionControllers: spec.admissionControllers,
      },
      controlPlane: { deployment: deployment(spec), service: service(spec), ingress: ingress(spec) },
      networkProfile: networkProfile(spec, cluster),
    }),
  };
}

/** Host and port that are written as the cluster's endpoint: an ingress or gateway name replaces the Service's. */
export function controlPlaneEndpoint(controlPlane: KubeObject, assigned: string): { host: string; port: number } {
  const network = at(controlPlane, 'spec', 'network');
  const hostname = str(at(network, 'ingress', 'hostname')) ?? str(at(network, 'gateway', 'hostname'));
  const address = hostname === undefined ? assigned : hostname.includes(':') ? hostname : `${hostname}:443`;
  const split = address.lastIndexOf(':');
  return { host: address.slice(0, split), port: Number(address.slice(split + 1)) };
}

/** Name under which a tenant's keys live in etcd, as Kamaji's admission defaults it. */
export function defaultSchema({ metadata }: KubeObject): string {
  return `${metadata.namespace}_${metadata.name}`.replaceAll('-', '_');
}

function addons(spec: JsonObject): JsonObject {
  const { coreDNS, ...others } = obj(spec.addons);
  const { dnsServiceIPs: _own, ...image } = obj(coreDNS);
  return { ...others, ...(coreDNS !== undefined && { coreDNS: image }) };
}

function deployment(spec: JsonObject): JsonObject {
  const own = obj(spec.deployment);
  const components = ['apiServer', 'controllerManager', 'scheduler'] as const;
  const collect = (field: string) =>
    prune(Object.fromEntries(components.map(component => [component, at(spec, component, field)])));
  return {
    replicas: num(spec.replicas),
    nodeSelector: own.nodeSelector,
    affinity: own.affinity,
    tolerations: own.tolerations,
    topologySpreadConstraints: own.topologySpreadConstraints,
    strategy: own.strategy,
    runtimeClassName: own.runtimeClassName,
    serviceAccountName: own.serviceAccountName,
    additionalMetadata: own.additionalMetadata,
    podAdditionalMetadata: own.podAdditionalMetadata,
    extraArgs: collect('extraArgs'),
    resources: collect('resources'),
    registrySettings: spec.registry === undefined ? undefined : { registry: spec.registry },
  };
}

function service(spec: JsonObject): JsonObject {
  const network = obj(spec.network);
  return {
    serviceType: str(network.serviceType) ?? 'LoadBalancer',
    additionalMetadata: prune({ labels: network.serviceLabels, annotations: network.serviceAnnotations }),
  };
}

function ingress(spec: JsonObject): JsonObject | undefined {
  const own = at(spec, 'network', 'ingress');
  if (own === undefined) return undefined;
  return { hostname: at(own, 'hostname'), ingressClassName: at(own, 'className') };
}

function networkProfile(spec: JsonObject, cluster: KubeObject): JsonObject {
  const network = obj(spec.network);
  const clusterNetwork = at(cluster, 'spec', 'clusterNetwork');
  const sans = list(network.certSANs).flatMap(entry => str(entry) ?? []);
  const withPort = sans.find(entry => isIP(entry) === 0 && entry.includes(':'));
  if (withPort) {
    throw new Error(`entry ${withPort} is invalid: a certificate SAN must be made of host only with no port`);
  }
  const front = ['ingress', 'gateway'].flatMap(kind => str(at(network, kind, 'hostname'))?.replace(/:\d+$/, '') ?? []);
  return {
    port: num(at(clusterNetwork, 'apiServerPort')),
    serviceCidr: str(at(clusterNetwork, 'services', 'cidrBlocks', 0)),
    podCidr: str(at(clusterNetwork, 'pods', 'cidrBlocks', 0)),
    clusterDomain: str(at(clusterNetwork, 'serviceDomain')),
    dnsServiceIPs: at(spec, 'addons', 'coreDNS', 'dnsServiceIPs') ?? network.dnsServiceIPs,
    address: str(network.serviceAddress),
    advertiseAddress: str(network.advertiseAddress),
    certSANs: [...sans, ...front],
  };
}

/** Leaves out what is undefined, at every depth. */
function prune(value: JsonObject): JsonObject {
  return Object.fromEntries(
    Object.entries(value).flatMap(([key, entry]) => {
      if (entry === undefined) return [];
      const plain = typeof entry === 'object' && entry !== null && !Array.isArray(entry);
      return [[key, plain ? prune({ ...entry }) : entry]];
    }),
  );
}

/** Labels that mark the Secrets made for Cluster API. */
export function clusterSecretLabels(
  kind: string,
  cluster: string,
  tenant: string,
  old: unknown,
): Record<string, string> {
  return {
    ...strings(old),
    'cluster.x-k8s.io/cluster-name': cluster,
    'kamaji.clastix.io/component': 'capi',
    'kamaji.clastix.io/secret': kind,
    'kamaji.clastix.io/cluster': cluster,
    'kamaji.clastix.io/tcp': tenant,
  };
}
