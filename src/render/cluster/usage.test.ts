import { expect, test } from 'vitest';
import { renderClusterUsage, renderUsage } from './usage.ts';

test('a Usage keeps one object until another is gone and then repeats the deletion', () => {
  const usage = renderUsage({
    name: 'keep-etcd',
    namespace: 'acme',
    of: { apiVersion: 'hikube.cloud/v1alpha1', kind: 'HikubeEtcd', name: 'shop-etcd' },
    by: { apiVersion: 'kamaji.clastix.io/v1alpha1', kind: 'DataStore', name: 'acme-shop' },
    reason: 'needed to delete the control plane',
  });
  expect(usage).toEqual({
    apiVersion: 'protection.crossplane.io/v1beta1',
    kind: 'Usage',
    metadata: { name: 'keep-etcd', namespace: 'acme' },
    spec: {
      replayDeletion: true,
      reason: 'needed to delete the control plane',
      of: { apiVersion: 'hikube.cloud/v1alpha1', kind: 'HikubeEtcd', resourceRef: { name: 'shop-etcd' } },
      by: { apiVersion: 'kamaji.clastix.io/v1alpha1', kind: 'DataStore', resourceRef: { name: 'acme-shop' } },
    },
  });
});

test('a ClusterUsage keeps a namespace and never deletes it by itself', () => {
  const usage = renderClusterUsage({
    name: 'acme-shop',
    of: { apiVersion: 'v1', kind: 'Namespace', name: 'acme' },
    by: { apiVersion: 'kamaji.clastix.io/v1alpha1', kind: 'DataStore', name: 'acme-shop' },
    reason: 'a cluster lives in it',
  });
  expect(usage).toEqual({
    apiVersion: 'protection.crossplane.io/v1beta1',
    kind: 'ClusterUsage',
    metadata: { name: 'acme-shop' },
    spec: {
      replayDeletion: false,
      reason: 'a cluster lives in it',
      of: { apiVersion: 'v1', kind: 'Namespace', resourceRef: { name: 'acme' } },
      by: { apiVersion: 'kamaji.clastix.io/v1alpha1', kind: 'DataStore', resourceRef: { name: 'acme-shop' } },
    },
  });
});
