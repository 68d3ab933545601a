/**
 * What is made beside a control plane and named `<claim>-<ending>`, by kind: by Kamaji, by its Cluster API provider, and
 * by Cluster API of other control planes. None of these programs looks whose object it finds there.
 */
export const DERIVED_NAMES = {
  Secret: [
    'admin-kubeconfig',
    'api-server-certificate',
    'api-server-kubelet-client-certificate',
    'apiserver-etcd-client',
    'ca',
    'controller-manager-kubeconfig',
    'datastore-certificate',
    'datastore-config',
    'etcd',
    'front-proxy-ca-certificate',
    'front-proxy-client-certificate',
    'konnectivity-certificate',
    'konnectivity-kubeconfig',
    'kubeconfig',
    'proxy',
    'sa',
    'sa-certificate',
    'scheduler-kubeconfig',
  ],
  ConfigMap: ['konnectivity-egress-selector-configuration', 'kubeadmconfig'],
} as const;

/** Words with a Service or Deployment `<claim>-<word>-<hash>`; Kamaji's Service and Deployment have the claim's own name. */
export const HASHED_WORDS = ['cloud-controller', 'cluster-autoscaler', 'csi-controller', 'etcd', 'ingress'] as const;

/**
 * Endings with which a claim's name could name what belongs to another claim of the namespace: `x-admin` has the Secret
 * `x-admin-kubeconfig`, and so has `x`. The admission policy claim-names.yaml holds the same expression.
 */
export const RESERVED_ENDING = new RegExp(
  `-(${[...sharedEndings()].sort().join('|')}|(${HASHED_WORDS.join('|')})-[0-9a-f]{6}(-client)?)$`,
);

/** What lies between two endings of a kind: with it, the shorter one of a longer name is the longer one of a shorter name. */
function sharedEndings(): Set<string> {
  const shared = new Set<string>();
  for (const endings of Object.values(DERIVED_NAMES)) {
    for (const long of endings) {
      for (const short of endings) if (long.endsWith(`-${short}`)) shared.add(long.slice(0, -short.length - 1));
    }
  }
  return shared;
}
