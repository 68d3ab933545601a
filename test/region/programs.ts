/** All names, in the order in which they are built: what starts first comes first. */
export const programNames = [
  'etcd',
  'kube-apiserver',
  'kube-controller-manager',
  'kube-scheduler',
  'crossplane',
  'kubectl',
  'capi-core',
  'cabpk',
  'capk',
  'kamaji-provider',
  'helm-controller',
  'cert-manager',
  'traefik',
] as const;

export type ProgramName = (typeof programNames)[number];

/** The real programs of the region, each built from a pinned Go module under `programs/`. */
export const programs: Record<ProgramName, Program> = {
  etcd: { module: 'etcd', package: 'go.etcd.io/etcd/server/v3', version: 'v3.6.16', coldSeconds: 80 },
  'kube-apiserver': kubernetes('kube-apiserver', 240),
  'kube-controller-manager': kubernetes('kube-controller-manager', 70),
  'kube-scheduler': kubernetes('kube-scheduler', 30),
  crossplane: {
    module: 'crossplane',
    package: 'github.com/crossplane/crossplane/v2/cmd/crossplane',
    version: 'v2.4.0',
    // The RBAC manager has no flag for its metrics port; the default, 8080, would let only one region run at a time.
    ldflags: [
      '-X github.com/crossplane/crossplane-runtime/v2/pkg/version.version=v2.4.0',
      '-X sigs.k8s.io/controller-runtime/pkg/metrics/server.DefaultBindAddress=127.0.0.1:0',
    ].join(' '),
    coldSeconds: 120,
  },
  'capi-core': {
    module: 'cluster-api',
    package: 'sigs.k8s.io/cluster-api/core',
    version: 'v1.14.2',
    coldSeconds: 90,
  },
  cabpk: {
    module: 'cluster-api',
    package: 'sigs.k8s.io/cluster-api/bootstrap/kubeadm',
    version: 'v1.14.2',
    coldSeconds: 10,
  },
  capk: {
    module: 'capk',
    package: 'sigs.k8s.io/cluster-api-provider-kubevirt',
    version: 'v0.11.2',
    coldSeconds: 90,
  },
  'kamaji-provider': {
    module: 'kamaji-provider',
    package: 'github.com/clastix/cluster-api-control-plane-provider-kamaji',
    version: 'v0.20.0',
    coldSeconds: 30,
  },
  'helm-controller': {
    module: 'helm-controller',
    package: 'github.com/fluxcd/helm-controller',
    version: 'v1.6.3',
    coldSeconds: 100,
  },
  'cert-manager': { module: 'cert-manager', package: 'region/cert-manager', version: 'v1.21.2', coldSeconds: 100 },
  // 3.7 needs modules that no proxy serves.
  traefik: {
    module: 'traefik',
    package: 'github.com/traefik/traefik/v3/cmd/traefik',
    version: 'v3.6.12',
    coldSeconds: 300,
  },
  kubectl: kubernetes('kubectl', 30),
};

/** One program: which package of which module, and how. */
export interface Program {
  /** Folder under `programs/`; programs of one module share it. */
  module: string;
  package: string;
  version: string;
  /** Further linker flags, such as the version the program reports about itself. */
  ldflags?: string;
  /** What a first build takes on two cores, told to who waits. */
  coldSeconds: number;
}

/** Without these flags Kubernetes reports v0.0.0 about itself, and clients compare that version. */
function kubernetes(command: string, coldSeconds: number): Program {
  const version = 'v1.36.4';
  const base = 'k8s.io/component-base/version';
  const flags = [
    `-X ${base}.gitVersion=${version}`,
    `-X ${base}.gitMajor=1`,
    `-X ${base}.gitMinor=36`,
    `-X k8s.io/client-go/pkg/version.gitVersion=${version}`,
  ];
  return {
    module: 'kubernetes',
    package: `k8s.io/kubernetes/cmd/${command}`,
    version,
    ldflags: flags.join(' '),
    coldSeconds,
  };
}
