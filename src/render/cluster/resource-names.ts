/**
 * What the parts of `XHikubeCluster` are composed as. Crossplane knows composed objects by these names, here and in every
 * folder of render/: another name is another object, and the one under the old name is deleted.
 */
export const PARTS = {
  etcd: 'etcd',
  dataStore: 'datastore',
  etcdUsage: 'usage-etcd',
  namespaceUsage: 'usage-namespace',
  controlPlane: 'control-plane',
  addons: 'addons',
  pool: (group: string): `pool-${string}` => `pool-${group}`,
} as const;
