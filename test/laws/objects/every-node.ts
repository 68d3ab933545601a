import { at } from '../../../src/api/json.ts';
import type { KubeObject } from '../../../src/api/object.ts';
import type { ObjectLaw } from './types.ts';

/** Where the charts say what their programs tolerate that run on every node, or that the network waits for. */
const EVERYWHERE: Record<string, string[]> = {
  cilium: [
    'tolerations',
    'operator.tolerations',
    'envoy.tolerations',
    'hubble.relay.tolerations',
    'hubble.ui.tolerations',
    'certgen.tolerations',
  ],
  'fluent-bit': ['tolerations'],
  'node-exporter': ['tolerations'],
  velero: ['nodeAgent.tolerations'],
  'gpu-operator': ['daemonsets.tolerations', 'node-feature-discovery.worker.tolerations'],
};

export const everyNode: ObjectLaw = {
  fact: 'lets what must run on every node tolerate every taint',
  violations: object => {
    if (object.kind !== 'HelmRelease') return [];
    const addon = object.metadata.labels?.['hikube.cloud/addon'] ?? '';
    return (EVERYWHERE[addon] ?? []).filter(path => {
      const tolerations = at(object, 'spec', 'values', ...path.split('.'));
      return JSON.stringify(tolerations) !== JSON.stringify([{ operator: 'Exists' }]);
    });
  },
  broken: [
    release('velero', {}),
    release('fluent-bit', { tolerations: [{ operator: 'Exists', effect: 'NoSchedule' }] }),
  ],
};

function release(addon: string, values: NonNullable<KubeObject['spec']>): KubeObject {
  return {
    apiVersion: 'helm.toolkit.fluxcd.io/v2',
    kind: 'HelmRelease',
    metadata: { name: `a-${addon}`, namespace: 'acme', labels: { 'hikube.cloud/addon': addon } },
    spec: { values },
  };
}
