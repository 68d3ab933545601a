import { conditionOf, isTrue, progressing, ready, trueConditions } from './conditions.ts';
import type { ReadinessRule } from './types.ts';

/** What must hold, in the order in which it comes about, and what a tenant is told until then. */
const NEEDED: Record<string, string> = {
  InfrastructureReady: 'waits for its network endpoint',
  ControlPlaneInitialized: 'waits for the first API server',
  ControlPlaneAvailable: 'waits for the control plane',
  RemoteConnectionProbe: 'waits for the Kubernetes API to answer',
};

/**
 * Cluster API Cluster. Its summary condition Available counts workers too; it is not asked, because a cluster whose
 * nodes still join (or that has none) is ready as far as this object goes: pools speak for themselves.
 */
export const cluster: ReadinessRule = {
  apiVersion: 'cluster.x-k8s.io/v1beta2',
  kind: 'Cluster',
  check(object) {
    if (conditionOf(object, 'Deleting')?.status === 'True') return progressing('being deleted');
    for (const [type, message] of Object.entries(NEEDED)) {
      if (!isTrue(object, type)) return progressing(message);
    }
    return ready;
  },
  readyStatus: object => ({
    phase: 'Provisioned',
    initialization: { infrastructureProvisioned: true, controlPlaneInitialized: true },
    conditions: trueConditions(object, {
      ...Object.fromEntries(Object.keys(NEEDED).map(type => [type, type])),
      Available: 'Available',
    }),
  }),
};
