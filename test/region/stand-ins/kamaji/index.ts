import type { Nodes } from '../nodes/index.ts';
import type { PolicyRule, StandInContext } from '../stand-in.ts';
import { startTenantAdmission } from './admission.ts';
import { startDataStoreController } from './datastore-controller.ts';
import { controlPlaneRuntime } from './pod/runtime.ts';
import { startTenantController } from './tenant-controller.ts';

export { completeTenantControlPlaneCrd } from './crd.ts';

/** What Kamaji is started with. */
export interface KamajiOptions {
  nodes: Nodes;
  /** A real API server for each replica, or one that stands for all replicas (default: as asked). */
  apiServersPerClaim?: 'asked' | 1;
}

/**
 * Stand-in for Kamaji. Each replica is a Pod of a real Deployment, placed by the real scheduler, and runs the
 * real programs of Kubernetes that its containers name, storing in the DataStore's etcd.
 */
export async function startKamaji(context: StandInContext, options: KamajiOptions): Promise<{ stop(): Promise<void> }> {
  const { kube, log, processes, binaries } = context;
  const { nodes, apiServersPerClaim = 'asked' } = options;
  const { network } = nodes;
  nodes.addRuntime(controlPlaneRuntime({ binaries, processes, proxyUrl: network.proxyUrl, apiServersPerClaim }));
  const controllers = [
    startDataStoreController({ kube, log }),
    startTenantController(context, network),
    await startTenantAdmission(kube, log),
  ];
  return { stop: async () => void (await Promise.all(controllers.map(controller => controller.stop()))) };
}

const all = ['get', 'list', 'watch', 'create', 'update', 'patch', 'delete'];

/** What Kamaji's own role allows. */
export const rules: PolicyRule[] = [
  { apiGroups: ['kamaji.clastix.io'], resources: ['tenantcontrolplanes', 'datastores'], verbs: all },
  {
    apiGroups: ['kamaji.clastix.io'],
    resources: ['tenantcontrolplanes/status', 'datastores/status'],
    verbs: ['get', 'update', 'patch'],
  },
  { apiGroups: ['kamaji.clastix.io'], resources: ['tenantcontrolplanes/finalizers'], verbs: ['update'] },
  { apiGroups: [''], resources: ['secrets', 'configmaps', 'services'], verbs: all },
  { apiGroups: ['apps'], resources: ['deployments'], verbs: all },
  {
    apiGroups: ['admissionregistration.k8s.io'],
    resources: ['validatingwebhookconfigurations'],
    verbs: ['get', 'create', 'patch'],
  },
];
