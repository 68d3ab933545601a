import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { at, condition } from '../../json.ts';
import type { KubeObject } from '../../kube.ts';
import { defaultInfra, nodeObject } from './infra.ts';
import { podStatus, sameStatus } from './pod-status.ts';
import { volumeFor } from './provisioner.ts';
import { mountVolumes } from './volumes.ts';

const pod: KubeObject = {
  apiVersion: 'v1',
  kind: 'Pod',
  metadata: { name: 'web', namespace: 'acme' },
  spec: { containers: [{ name: 'app', image: 'app:1' }], initContainers: [{ name: 'init', image: 'init:1' }] },
  status: { conditions: [{ type: 'PodScheduled', status: 'True' }] },
};
const view = { ready: true, restarts: 0, startedAt: '2026-01-01T00:00:00Z', ip: '10.128.0.1', hostIp: '172.16.0.1' };
const now = '2026-01-01T00:00:05Z';

test('the platform has three machines in each of three zones', () => {
  const zones = defaultInfra().map(node => nodeObject(node).metadata.labels?.['topology.kubernetes.io/zone']);
  expect(['geneva', 'lucerne', 'gland'].map(zone => zones.filter(entry => entry === zone).length)).toEqual([3, 3, 3]);
});

test("a running Pod is Ready, its init containers are done, the scheduler's condition is kept", () => {
  const status = podStatus(pod, { ...view, state: 'running' }, now);
  expect(status.phase).toBe('Running');
  expect(condition({ status }, 'Ready')?.status).toBe('True');
  expect(condition({ status }, 'PodScheduled')?.status).toBe('True');
  expect(at(status, 'initContainerStatuses', 0, 'state', 'terminated', 'exitCode')).toBe(0);
});

test('a crashed Pod says why and stays Running, a new one waits as Pending', () => {
  const crashed = podStatus(pod, { ...view, state: 'waiting', restarts: 1, reason: 'CrashLoopBackOff' }, now);
  expect(crashed.phase).toBe('Running');
  expect(at(crashed, 'containerStatuses', 0, 'state', 'waiting', 'reason')).toBe('CrashLoopBackOff');
  expect(podStatus(pod, { ...view, state: 'waiting' }, now).phase).toBe('Pending');
});

test('a container that is started again alone says so, and its Pod is not Ready', () => {
  const two: KubeObject = { ...pod, spec: { containers: [{ name: 'app' }, { name: 'side' }] } };
  const containers = {
    app: { ready: false, restarts: 2, crashed: 'ended with 1' },
    side: { ready: true, restarts: 0 },
  };
  const status = podStatus(two, { ...view, ready: false, state: 'running', containers }, now);
  expect(condition({ status }, 'Ready')?.status).toBe('False');
  expect(status.containerStatuses).toMatchObject([
    { ready: false, restartCount: 2, state: { waiting: { reason: 'CrashLoopBackOff', message: 'ended with 1' } } },
    { ready: true, restartCount: 0, state: { running: {} } },
  ]);
});

test('a mount of one entry of a volume leads to that entry', async () => {
  const dir = await mkdtemp(join(tmpdir(), 'volumes-'));
  const mounts = [
    { name: 'conf', mountPath: '/etc/kubernetes' },
    { name: 'conf', mountPath: '/etc/kubernetes/server.conf', subPath: 'own.conf' },
  ];
  const spec = { volumes: [{ name: 'conf', emptyDir: {} }], containers: [{ name: 'app', volumeMounts: mounts }] };
  const hostPath = await mountVolumes({ get: async () => undefined }, { ...pod, spec }, { pod: dir, volumes: dir });
  expect(hostPath('app', '/etc/kubernetes/server.conf')).toBe(join(dir, 'conf', 'own.conf'));
  expect(hostPath('app', '/etc/kubernetes/other.conf')).toBe(join(dir, 'conf', 'other.conf'));
  await rm(dir, { recursive: true });
});

test('a status that says the same is not written again, another one is', () => {
  const status = podStatus(pod, { ...view, state: 'running' }, now);
  const again = podStatus({ ...pod, status }, { ...view, state: 'running' }, '2026-01-01T00:01:00Z');
  expect(sameStatus(status, again)).toBe(true);
  expect(sameStatus(status, podStatus(pod, { ...view, state: 'ended' }, now))).toBe(false);
});

test('a class that forbids remote access pins a volume to the node the scheduler chose', () => {
  const claim: KubeObject = {
    apiVersion: 'v1',
    kind: 'PersistentVolumeClaim',
    metadata: {
      name: 'd',
      namespace: 'acme',
      uid: 'u',
      annotations: { 'volume.kubernetes.io/selected-node': 'gland-1' },
    },
    spec: { accessModes: ['ReadWriteOnce'], resources: { requests: { storage: '1Gi' } } },
  };
  const storageClass = (allow: string): KubeObject => ({
    apiVersion: 'storage.k8s.io/v1',
    kind: 'StorageClass',
    metadata: { name: 'local' },
    parameters: { 'linstor.csi.linbit.com/allowRemoteVolumeAccess': allow },
  });
  expect(JSON.stringify(volumeFor(claim, storageClass('false'), 'd').spec?.nodeAffinity)).toContain('gland-1');
  expect(volumeFor(claim, storageClass('true'), 'd').spec?.nodeAffinity).toBeUndefined();
});
