import { at, type JsonObject, num, str } from '../../json.ts';
import type { KubeObject } from '../../kube.ts';
import { TENANT_LABEL } from './deployment.ts';
import { secretName } from './tenant-secrets.ts';

/** What a tenant's status says of its Secrets and endpoint, before anything runs. */
export function preparedStatus(tenant: KubeObject, endpoint: string): JsonObject {
  const secret = (purpose: string) => ({ secretName: secretName(tenant, purpose) });
  return {
    controlPlaneEndpoint: endpoint,
    certificates: {
      ca: secret('ca'),
      apiServer: secret('api-server-certificate'),
      apiServerKubeletClient: secret('api-server-kubelet-client-certificate'),
      sa: secret('sa-certificate'),
      frontProxyCA: secret('front-proxy-ca-certificate'),
      frontProxyClient: secret('front-proxy-client-certificate'),
    },
    kubeconfig: {
      admin: secret('admin-kubeconfig'),
      controllerManager: secret('controller-manager-kubeconfig'),
      scheduler: secret('scheduler-kubeconfig'),
    },
  };
}

/** What a tenant's status says of its storage. */
export function storageStatus(
  tenant: KubeObject,
  dataStore: string,
  setup: { schema: string; user: string },
): JsonObject {
  return {
    storage: {
      driver: 'etcd',
      dataStoreName: dataStore,
      setup: { schema: setup.schema, user: setup.user },
      config: { secretName: secretName(tenant, 'datastore-config') },
      certificate: { secretName: secretName(tenant, 'datastore-certificate') },
    },
  };
}

/** What a tenant's status says of its Deployment, and the version's state drawn from it. */
export function deploymentStatus(tenant: KubeObject, deployment: KubeObject): JsonObject {
  const count = (field: string) => num(at(deployment, 'status', field)) ?? 0;
  const { name, namespace = '' } = deployment.metadata;
  return {
    kubernetesResources: {
      deployment: {
        name,
        namespace,
        selector: `${TENANT_LABEL}=${tenant.metadata.name}`,
        observedGeneration: count('observedGeneration'),
        replicas: count('replicas'),
        readyReplicas: count('readyReplicas'),
        availableReplicas: count('availableReplicas'),
        unavailableReplicas: count('unavailableReplicas'),
        updatedReplicas: count('updatedReplicas'),
      },
      version: versionStatus(tenant, deployment),
    },
  };
}

/**
 * The version that runs and its state, by replicas alone and in the order in which Kamaji decides
 * (internal/resources/k8s_deployment_resource.go:85-101): whatever is in none of the known states is Unknown, such as a
 * control plane of three that lost one.
 */
export function versionStatus(tenant: KubeObject, deployment: KubeObject): JsonObject {
  const asked = str(at(tenant, 'spec', 'kubernetes', 'version')) ?? '';
  const running = str(at(tenant, 'status', 'kubernetesResources', 'version', 'version')) ?? '';
  if (num(at(deployment, 'spec', 'replicas')) === 0) return { status: 'Sleeping', version: running };
  const observed = num(at(deployment, 'status', 'observedGeneration')) === deployment.metadata.generation;
  const unavailable = num(at(deployment, 'status', 'unavailableReplicas')) ?? 0;
  const ready = num(at(deployment, 'status', 'readyReplicas')) ?? 0;
  if (ready === 0) return { status: 'NotReady', version: running };
  if (observed && unavailable === 0) return { status: 'Ready', version: asked };
  if (running === '') return { status: 'Provisioning', version: running };
  if (asked !== running) return { status: 'Upgrading', version: running };
  return { status: 'Unknown', version: running };
}
