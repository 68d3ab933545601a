import { PART_KINDS } from '../api/group.ts';

/** Kinds a tenant knows under a better word than their own. */
const WORDS: Record<string, string> = {
  KamajiControlPlane: 'control plane',
  KubevirtCluster: 'cluster infrastructure',
  HelmRelease: 'release',
  OCIRepository: 'chart source',
  HelmRepository: 'chart source',
  [PART_KINDS.etcd]: 'etcd',
  [PART_KINDS.controlPlane]: 'control plane',
  [PART_KINDS.nodePool]: 'node pool',
  [PART_KINDS.addons]: 'add-ons',
  MachineDeployment: 'machines',
};

/** What to call a kind in a message: `EtcdCluster` is `etcd cluster`. */
export function wordsFor(kind: string): string {
  return WORDS[kind] ?? kind.replace(/(?<=[a-z0-9])(?=[A-Z])/g, ' ').toLowerCase();
}
