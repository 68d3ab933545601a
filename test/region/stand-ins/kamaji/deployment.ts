import { at, type JsonObject, num, obj, str, strings } from '../../json.ts';
import type { KubeObject } from '../../kube.ts';
import { containers, volumes } from './containers.ts';
import { tunnelPort } from './konnectivity.ts';
import { ownerReference } from './tenant-secrets.ts';

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

/** The Deployment of a tenant's control plane; `address` is what its API servers are reached by. */
export function tenantDeployment(
  tenant: KubeObject,
  dataStore: KubeObject,
  { schema, checksum, address }: { schema: string; checksum: string; address: string },
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
          containers: containers(tenant, address, { dataStore, schema }),
          volumes: volumes(tenant),
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

function pick(from: JsonObject, keys: string[]): JsonObject {
  return Object.fromEntries(keys.flatMap(key => (from[key] === undefined ? [] : [[key, from[key]]])));
}
