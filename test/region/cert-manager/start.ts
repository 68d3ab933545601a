import type { Running, Supervisor } from '../process.ts';
import type { PolicyRule } from '../stand-ins/stand-in.ts';

export interface CertManagerOptions {
  supervisor: Supervisor;
  binary: string;
  /** Kubeconfig of an identity with the `rules` below. */
  kubeconfigFile: string;
  /** Where ClusterIssuers find their Secrets (default cert-manager). */
  clusterResourceNamespace?: string;
}

/** Starts the real cert-manager's controllers for CA and self-signed issuers; its CRDs must be there. */
export function startCertManager(options: CertManagerOptions): Promise<Running> {
  const { supervisor, binary, kubeconfigFile, clusterResourceNamespace = 'cert-manager' } = options;
  return supervisor.start({
    name: 'cert-manager',
    command: binary,
    args: [`--kubeconfig=${kubeconfigFile}`, `--cluster-resource-namespace=${clusterResourceNamespace}`],
  });
}

const group = 'cert-manager.io';
const read = ['get', 'list', 'watch'];
const write = ['update', 'patch'];

/** What these controllers may do in an installation of cert-manager. */
export const rules: PolicyRule[] = [
  { apiGroups: [group], resources: ['certificates', 'certificaterequests', 'issuers', 'clusterissuers'], verbs: read },
  { apiGroups: [group], resources: ['certificates', 'issuers', 'clusterissuers'], verbs: write },
  { apiGroups: [group], resources: ['certificaterequests'], verbs: ['create', 'delete', ...write] },
  {
    apiGroups: [group],
    resources: ['certificates/status', 'certificaterequests/status', 'issuers/status', 'clusterissuers/status'],
    verbs: write,
  },
  { apiGroups: [group], resources: ['certificates/finalizers', 'certificaterequests/finalizers'], verbs: ['update'] },
  {
    apiGroups: [group],
    resources: ['signers'],
    resourceNames: ['issuers.cert-manager.io/*', 'clusterissuers.cert-manager.io/*'],
    verbs: ['approve'],
  },
  { apiGroups: [''], resources: ['secrets'], verbs: [...read, 'create', 'delete', ...write] },
  { apiGroups: ['', 'events.k8s.io'], resources: ['events'], verbs: ['create', 'patch'] },
];
