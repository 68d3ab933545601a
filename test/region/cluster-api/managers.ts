import { modules, type PinnedModule } from '../crds/modules.ts';
import type { PolicyRule } from '../stand-ins/stand-in.ts';

/** One of Cluster API's programs. */
export interface Manager {
  program: 'capi-core' | 'cabpk' | 'capk';
  namespace: string;
  module: PinnedModule;
  /** Its role within the module. */
  role: string;
  /** Rights that other components' installations add to it. */
  extraRules: PolicyRule[];
  flags: string[];
}

/** All of them. */
export const managers: Manager[] = [
  {
    program: 'capi-core',
    namespace: 'capi-system',
    module: modules.clusterApi,
    role: 'core/config/rbac/role.yaml',
    extraRules: [],
    // Nothing was ever stored in an older version here.
    flags: ['--skip-crd-migration-phases=StorageVersionMigration,CleanupManagedFields'],
  },
  {
    program: 'cabpk',
    namespace: 'capi-kubeadm-bootstrap-system',
    module: modules.clusterApi,
    role: 'bootstrap/kubeadm/config/rbac/role.yaml',
    // Kamaji's provider brings this since the release after the one we take the CRDs from.
    extraRules: [
      {
        apiGroups: ['controlplane.cluster.x-k8s.io'],
        resources: ['kamajicontrolplanes'],
        verbs: ['get', 'list', 'watch'],
      },
    ],
    flags: ['--skip-crd-migration-phases=StorageVersionMigration,CleanupManagedFields'],
  },
  {
    program: 'capk',
    namespace: 'capk-system',
    module: modules.capk,
    role: 'config/rbac/role.yaml',
    extraRules: [],
    // Its default address for metrics is fixed.
    flags: ['--metrics-bind-addr=127.0.0.1:0', '--feature-gates=MachinePool=false'],
  },
];
