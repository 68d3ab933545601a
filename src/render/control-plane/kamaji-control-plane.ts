import { PLATFORM_DOMAIN } from '../../api/host-name.ts';
import type { ControlPlaneSpec } from '../../api/parts/control-plane.ts';
import type { JsonObject } from '../../base/json.ts';
import { CLUSTER_LABEL } from '../../base/labels.ts';
import { type ClusterId, names, shortHash, withHash } from '../../base/names.ts';
import type { KubeObject } from '../../base/object.ts';
import { metadataOf } from '../metadata.ts';
import { inZones, preferDifferentHosts, sized, spreadOverZones } from '../placement.ts';
import { apiServerAccountName, apiServerPods } from './api-server.ts';

/** Port on which nodes open their tunnels to the API servers. */
const KONNECTIVITY_PORT = 8132;

/** The hosted control plane. CoreDNS and kube-proxy are off: a release brings the former, Cilium replaces the latter. */
export function kamajiControlPlane(id: ClusterId, spec: ControlPlaneSpec): KubeObject {
  const name = names.controlPlane(id);
  const store = dataStoreUser(id);
  return {
    apiVersion: 'controlplane.cluster.x-k8s.io/v1alpha2',
    kind: 'KamajiControlPlane',
    metadata: {
      ...metadataOf(id, name),
      // The Secret that Cluster API and our components read then names the internal Service, whatever the public host.
      annotations: { 'kamaji.clastix.io/kubeconfig-secret-key': 'super-admin.svc' },
    },
    spec: {
      replicas: spec.replicas,
      version: spec.version,
      dataStoreName: spec.dataStore,
      dataStoreSchema: store,
      dataStoreUsername: store,
      apiServer: { resources: sized(spec.apiServer) },
      controllerManager: { resources: sized(spec.controllerManager) },
      scheduler: { resources: sized(spec.scheduler) },
      // Kamaji turns on only what is listed. Without it a kubelet's certificate may change every other node.
      admissionControllers: ['NodeRestriction'],
      kubelet: { cgroupfs: 'systemd', preferredAddressTypes: ['InternalIP', 'ExternalIP'] },
      addons: { konnectivity: konnectivity(spec) },
      network: {
        serviceType: 'ClusterIP',
        certSANs: certificateNames(id, spec),
        dnsServiceIPs: [spec.network.dnsServiceIp],
      },
      deployment: {
        serviceAccountName: apiServerAccountName(id),
        affinity: inZones(spec.zones),
        topologySpreadConstraints: apiServerSpread(id),
        podAdditionalMetadata: { labels: { [CLUSTER_LABEL]: id.name } },
      },
    },
  };
}

/**
 * One API server per zone as far as they go (H06), and on different hosts within a zone if there are. Only pods of the
 * same revision are counted: Kamaji rolls out a whole new set beside the old one, and what the old one leaves behind
 * must not decide where the new one stands.
 */
function apiServerSpread(id: ClusterId): JsonObject[] {
  const sameRevision = { matchLabelKeys: ['pod-template-hash'] };
  return [spreadOverZones(apiServerPods(id), sameRevision), preferDifferentHosts(apiServerPods(id), sameRevision)];
}

/** The agents run on every node, whatever its taints: where none runs, nothing reaches the node's Pods from the API. */
function konnectivity({ konnectivityVersion, ...spec }: ControlPlaneSpec): JsonObject {
  const version = konnectivityVersion === undefined ? {} : { version: konnectivityVersion };
  return {
    server: { port: KONNECTIVITY_PORT, resources: sized(spec.konnectivity), ...version },
    agent: { mode: 'DaemonSet', tolerations: [{ operator: 'Exists' }], ...version },
  };
}

/** Names the API is reached by: its Service, and the public host once that is ours. */
function certificateNames(id: ClusterId, { endpoint }: ControlPlaneSpec): string[] {
  const service = `${names.controlPlane(id)}.${id.namespace}.svc`;
  return [service, `${service}.${PLATFORM_DOMAIN}`, ...(endpoint ? [endpoint.host] : [])];
}

/**
 * Prefix and user in the DataStore. Kamaji would join namespace and name, which is ambiguous in a store that several
 * clusters share. It takes no other value for a control plane that runs, so this never changes; the short hash is
 * enough because each cluster has a store of its own.
 */
function dataStoreUser(id: ClusterId): string {
  const readable = `${id.namespace}_${id.name}`.replace(/[-.]/g, '_');
  return withHash(readable, shortHash(id.namespace, id.name, 'datastore')).replace(/-/g, '_');
}
