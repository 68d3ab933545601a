import { describe, expect, test } from 'vitest';
import type { JsonObject } from '../base/json.ts';
import type { KubeObject } from '../base/object.ts';
import { applied, composedAs, created } from './stored-object.ts';

const owner = created({ apiVersion: 'hikube.cloud/v1alpha1', kind: 'XHikubeCluster', metadata: { name: 'demo-x1' } });
const desired = (spec: JsonObject, name = 'demo', kind = 'MachineDeployment'): KubeObject => ({
  apiVersion: 'cluster.x-k8s.io/v1beta2',
  kind,
  metadata: { name, namespace: 'acme' },
  spec,
});
const first = applied(desired({ paused: false }), owner, 'part', undefined);

describe('an object that is applied', () => {
  test('belongs to its composite under its composition resource name', () => {
    expect(composedAs(first, owner)).toBe('part');
    expect(composedAs(first, created({ ...owner, metadata: { name: 'demo-x2' } }))).toBeUndefined();
  });

  test('stays who it is when it is applied again, and is of a new generation when its spec has changed', () => {
    expect(applied(desired({ paused: false }), owner, 'part', first)).toEqual(first);
    const next = applied(desired({ paused: true }), owner, 'part', first);
    expect(next).toEqual({ ...first, spec: { paused: true }, metadata: { ...first.metadata, generation: 2 } });
  });

  test('keeps the owners that others gave it', () => {
    const ownerReferences = [...(owners(first) ?? []), { kind: 'Cluster', name: 'demo', uid: 'u' }];
    const adopted = { ...first, metadata: { ...first.metadata, ownerReferences } };
    expect(owners(applied(desired({ paused: true }), owner, 'part', adopted))).toEqual(ownerReferences);
  });

  test.each([
    ['another name', desired({}, 'other')],
    ['another kind', desired({}, 'demo', 'MachineSet')],
    ['another group', { ...desired({}), apiVersion: 'example.org/v1' }],
  ])('is a new one under %s', (_, other) => {
    const old = { ...first, metadata: { ...first.metadata, uid: 'of-the-old-one', generation: 7 } };
    expect(applied(other, owner, 'part', old).metadata).toMatchObject({ generation: 1 });
    expect(applied(other, owner, 'part', old).metadata.uid).not.toBe('of-the-old-one');
  });

  test('keeps of its spec what others write: the number of nodes, and what Crossplane records', () => {
    const written = { ...first, spec: { paused: false, replicas: 4, crossplane: { resourceRefs: [] }, ours: 1 } };
    const next = applied(desired({ paused: true }), owner, 'part', written);
    expect(next.spec).toEqual({ paused: true, replicas: 4, crossplane: { resourceRefs: [] } });
    expect(applied(desired({ replicas: 2 }), owner, 'part', written).spec).toMatchObject({ replicas: 2 });
  });
});

function owners({ metadata }: KubeObject) {
  return Array.isArray(metadata.ownerReferences) ? metadata.ownerReferences : undefined;
}
