import { describe, expect, test } from 'vitest';
import type { NodePoolSpec } from '../../api/parts/node-pool.ts';
import type { KubeObject } from '../../base/object.ts';
import { zoneReplicas } from './replicas.ts';

const nodes = (spec: number, status = spec): KubeObject => ({
  apiVersion: 'cluster.x-k8s.io/v1beta2',
  kind: 'MachineDeployment',
  metadata: { name: 'web' },
  spec: { replicas: spec },
  status: { replicas: status },
});
const replicas = (zones: NodePoolSpec['zones'], standing: Record<string, KubeObject>) =>
  Object.fromEntries(zoneReplicas({ zones }, new Map(Object.entries(standing))));

describe('bounds that were made from numbers of a moment ago', () => {
  const zones = { a: { min: 0, max: 2 }, b: { min: 0, max: 2 } };

  test('take no node that the group may have', () => {
    expect(replicas(zones, { a: nodes(3), b: nodes(1) })).toEqual({ a: 3, b: undefined });
  });

  test('take only as many as the group has too many', () => {
    expect(replicas(zones, { a: nodes(4), b: nodes(1) })).toEqual({ a: 3, b: undefined });
    expect(replicas(zones, { a: nodes(5), b: nodes(2) })).toEqual({ a: 2, b: undefined });
  });
});

describe('a zone that is left', () => {
  const zones = { a: { min: 1, max: 3 }, b: { min: 0, max: 1, leaving: true } };

  test('is emptied one node at a time, however many the autoscaler has added', () => {
    expect(replicas(zones, { a: nodes(1), b: nodes(4) }).b).toBe(3);
    expect(replicas(zones, { a: nodes(1), b: nodes(3, 4) }).b).toBe(3);
    expect(replicas(zones, { a: nodes(1), b: nodes(1) }).b).toBeUndefined();
  });

  test('stays as it is while nobody says what stands there', () => {
    const { status: _, ...unknown } = nodes(4);
    expect(replicas(zones, { a: nodes(1), b: unknown }).b).toBe(4);
  });
});
