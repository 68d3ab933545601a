import { at, entryOf } from '../../../src/base/json.ts';
import type { KubeObject } from '../../../src/base/object.ts';
import { EVERYWHERE } from '../../../src/plan/target/addons/testing/everything.ts';
import type { ObjectLaw } from './types.ts';

export const everyNode: ObjectLaw = {
  fact: 'lets what must run on every node tolerate every taint',
  violations: object => {
    if (object.kind !== 'HelmRelease') return [];
    const addon = object.metadata.labels?.['hikube.cloud/addon'] ?? '';
    return (entryOf<string[]>(EVERYWHERE, addon) ?? []).filter(path => {
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
