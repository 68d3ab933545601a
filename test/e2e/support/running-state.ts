import type { Kube } from '../../region/kube.ts';
import type { GVK } from '../../region/kube-types.ts';
import { MACHINE, MACHINE_DEPLOYMENT, MACHINE_TEMPLATE, VIRTUAL_MACHINE } from './cluster.ts';

/** Kinds in which a change would touch what runs. */
const KINDS: GVK[] = [
  'hikube.cloud/v1alpha1/HikubeEtcd',
  'hikube.cloud/v1alpha1/HikubeControlPlane',
  'hikube.cloud/v1alpha1/HikubeNodePool',
  'hikube.cloud/v1alpha1/HikubeAddons',
  'etcd-operator.cozystack.io/v1alpha2/EtcdCluster',
  'cert-manager.io/v1/Certificate',
  'cluster.x-k8s.io/v1beta2/Cluster',
  'controlplane.cluster.x-k8s.io/v1alpha2/KamajiControlPlane',
  'bootstrap.cluster.x-k8s.io/v1beta2/KubeadmConfigTemplate',
  'helm.toolkit.fluxcd.io/v2/HelmRelease',
  'apps/v1/Deployment',
  MACHINE,
  MACHINE_DEPLOYMENT,
  MACHINE_TEMPLATE,
  VIRTUAL_MACHINE,
];

/** Identity and spec of everything that runs in a namespace: equal before and after means nothing was touched. */
export async function runningState(kube: Kube, namespace: string): Promise<Record<string, unknown>> {
  const found = await Promise.all(KINDS.map(kind => kube.list(kind, { namespace })));
  return Object.fromEntries(
    found
      .flat()
      .map(entry => [
        `${entry.kind} ${entry.metadata.name}`,
        { uid: entry.metadata.uid, deleted: entry.metadata.deletionTimestamp, spec: entry.spec },
      ]),
  );
}
