import { expect, test } from 'vitest';
import type { KubeObject } from '../kube.ts';
import { describeStatus } from './status.ts';

const claim = (status: Record<string, unknown>): KubeObject => ({
  apiVersion: 'hikube.cloud/v1alpha1',
  kind: 'HikubeCluster',
  metadata: { name: 'demo' },
  status,
});

test('a condition that is True is reached, its message is not told twice while it is not', () => {
  const status = describeStatus(
    claim({
      conditions: [
        { type: 'EtcdReady', status: 'True', reason: 'Ready' },
        { type: 'ControlPlaneReady', status: 'False', reason: 'Waiting', message: 'control plane: waits for etcd' },
      ],
      waiting: [{ part: 'control plane', message: 'waits for etcd' }],
    }),
  );
  expect(status).toEqual({ reached: ['EtcdReady'], open: ['control plane: waits for etcd'] });
});

test('a refusal is told with its cause', () => {
  const message = 'UnknownVersion at spec.version: v1.99 is not offered';
  const conditions = [{ type: 'Accepted', status: 'False', reason: 'Refused', message }];
  expect(describeStatus(claim({ conditions })).open).toEqual([`not Accepted: ${message}`]);
});

test('nodes are told by zone once any are wanted', () => {
  const zones = { geneva: { desired: 1, ready: 1 }, gland: { desired: 1 }, lucerne: { desired: 0 } };
  const nodeGroups = { web: { desired: 2, ready: 1, zones }, idle: { desired: 0, zones: {} } };
  expect(describeStatus(claim({ nodeGroups })).reached).toEqual(['group web: 1 of 2 nodes (geneva 1/1, gland 0/1)']);
});

test('an error of Crossplane itself is told', () => {
  const conditions = [{ type: 'Synced', status: 'False', reason: 'ReconcileError', message: 'no such function' }];
  expect(describeStatus(claim({ conditions })).open).toEqual(['not Synced: no such function']);
});
