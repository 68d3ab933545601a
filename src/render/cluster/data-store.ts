import type { JsonObject } from '../../base/json.ts';
import { CLUSTER_LABEL } from '../../base/labels.ts';
import { type ClusterId, names } from '../../base/names.ts';
import type { KubeObject } from '../../base/object.ts';
import { CLIENT_PORT, clientHost } from '../etcd/names.ts';

/**
 * Tells Kamaji where the cluster's etcd is. Cluster-scoped, so the claim's composite composes it, not `HikubeEtcd`.
 *
 * @param name the one the cluster has; a new cluster's is `names.dataStore`
 */
export function renderDataStore(id: ClusterId, name: string): KubeObject {
  const key = (secret: string, keyPath: string): JsonObject => ({
    secretReference: { name: secret, namespace: id.namespace, keyPath },
  });
  const pair = (secret: string): JsonObject => ({
    certificate: key(secret, 'tls.crt'),
    privateKey: key(secret, 'tls.key'),
  });
  return {
    apiVersion: 'kamaji.clastix.io/v1alpha1',
    kind: 'DataStore',
    metadata: { name, labels: { [CLUSTER_LABEL]: id.name } },
    spec: {
      driver: 'etcd',
      endpoints: [`${clientHost(id)}:${CLIENT_PORT}`],
      tlsConfig: {
        certificateAuthority: pair(names.etcdCaSecret(id)),
        clientCertificate: pair(names.etcdClientSecret(id)),
      },
    },
  };
}
