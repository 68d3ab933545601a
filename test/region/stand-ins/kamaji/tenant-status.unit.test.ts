import { expect, test } from 'vitest';
import type { KubeObject } from '../../kube.ts';
import { runningVersion, versionStatus } from './tenant-status.ts';

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

test('a version is Ready once every replica of it is available and the tenant is set up', () => {
  expect(versionStatus(tenant('v1.34.2', ''), deployment(3), true)).toEqual({ status: 'Ready', version: 'v1.34.2' });
  expect(versionStatus(tenant('v1.34.2', ''), deployment(3), false).status).toBe('Provisioning');
});

test('an upgrade keeps the old version until all new replicas are available', () => {
  const upgrading = versionStatus(tenant('v1.35.0', 'v1.34.2'), deployment(3, 3), true);
  expect(upgrading).toEqual({ status: 'Upgrading', version: 'v1.34.2' });
});

test('no replicas asked means Sleeping, none ready means NotReady', () => {
  expect(versionStatus(tenant('v1.34.2', 'v1.34.2'), deployment(0, 0, 0), true).status).toBe('Sleeping');
  expect(versionStatus(tenant('v1.34.2', 'v1.34.2'), deployment(0, 3), true).status).toBe('NotReady');
});

test('a lost replica leaves the state as it is', () => {
  expect(versionStatus(tenant('v1.34.2', 'v1.34.2'), deployment(2, 1), true).status).toBe('Ready');
});

test('the programs behave as what serves, not as what an unfinished upgrade asks for', () => {
  expect(runningVersion(tenant('v1.35.0', 'v1.34.2', 'Upgrading'))).toBe('v1.34.2');
  expect(runningVersion(tenant('v1.34.2', ''))).toBe('v1.34.2');
});
