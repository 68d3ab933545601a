import { describe, expect, test } from 'vitest';
import type { KubeObject } from '../../kube.ts';
import { versionStatus } from './tenant-status.ts';

const tenant = (asked: string, running: string, status = 'Ready'): KubeObject => ({
  apiVersion: 'kamaji.clastix.io/v1alpha1',
  kind: 'TenantControlPlane',
  metadata: { name: 'shop' },
  spec: { kubernetes: { version: asked } },
  status: { kubernetesResources: { version: { version: running, status } } },
});
const deployment = (ready: number, unavailable = 0, replicas = 3): KubeObject => ({
  apiVersion: 'apps/v1',
  kind: 'Deployment',
  metadata: { name: 'shop', generation: 2 },
  spec: { replicas },
  status: { observedGeneration: 2, readyReplicas: ready, unavailableReplicas: unavailable },
});

describe('the state of a control plane, as k8s_deployment_resource.go:85-101 decides it', () => {
  test.each([
    ['before the first Pod is ready', '', 'v1.34.2', deployment(0, 3), 'NotReady', ''],
    ['with some Pods of the first version', '', 'v1.34.2', deployment(1, 2), 'Provisioning', ''],
    ['with all Pods, set up inside or not', '', 'v1.34.2', deployment(3), 'Ready', 'v1.34.2'],
    ['with old and new Pods', 'v1.34.2', 'v1.35.0', deployment(3, 3), 'Upgrading', 'v1.34.2'],
    ['with all Pods of the new version', 'v1.34.2', 'v1.35.0', deployment(3), 'Ready', 'v1.35.0'],
    ['with one Pod lost', 'v1.34.2', 'v1.34.2', deployment(2, 1), 'Unknown', 'v1.34.2'],
    ['with all Pods lost', 'v1.34.2', 'v1.34.2', deployment(0, 3), 'NotReady', 'v1.34.2'],
    ['with none asked', 'v1.34.2', 'v1.34.2', deployment(0, 0, 0), 'Sleeping', 'v1.34.2'],
  ])('%s', (_, running, asked, pods, status, version) => {
    expect(versionStatus(tenant(asked, running), pods)).toEqual({ status, version });
  });

  test('while nobody has looked at the newest Deployment', () => {
    const unseen = { ...deployment(3), metadata: { name: 'shop', generation: 3 } };
    expect(versionStatus(tenant('v1.34.2', 'v1.34.2'), unseen).status).toBe('Unknown');
  });
});
