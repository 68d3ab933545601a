/** Kinds a tenant knows under a better word than their own. */
const WORDS: Record<string, string> = {
  KamajiControlPlane: 'control plane',
  KubevirtCluster: 'cluster infrastructure',
  HelmRelease: 'release',
  OCIRepository: 'chart source',
  HelmRepository: 'chart source',
  HikubeEtcd: 'etcd',
  HikubeControlPlane: 'control plane',
  HikubeNodePool: 'node pool',
  HikubeAddons: 'add-ons',
  MachineDeployment: 'machines',
};

/** What to call a kind in a message: `EtcdCluster` is `etcd cluster`. */
export function wordsFor(kind: string): string {
  return WORDS[kind] ?? kind.replace(/(?<=[a-z0-9])(?=[A-Z])/g, ' ').toLowerCase();
}
