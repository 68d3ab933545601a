import { expect, test } from 'vitest';
import type { Taint } from '../../../api/v1alpha1/node-group.ts';
import { checkTaints } from './taints.ts';

const found = (...taints: Taint[]) => checkTaints(taints, 'taints').map(({ code, path }) => `${code} ${path}`);
const taint = (key: string, effect: Taint['effect'] = 'NoSchedule', value?: string): Taint => ({
  key,
  effect,
  ...(value === undefined ? {} : { value }),
});

test('a key with one effect stands once, whatever its value', () => {
  expect(found(taint('a'), taint('b'), taint('a'))).toEqual(['DuplicateEntry taints[2]']);
  expect(found(taint('a', 'NoSchedule', 'x'), taint('a', 'NoSchedule', 'y'))).toEqual(['DuplicateEntry taints[1]']);
});

test('a key may stand with several effects', () => {
  expect(found(taint('a', 'NoSchedule'), taint('a', 'NoExecute'), taint('a', 'PreferNoSchedule'))).toEqual([]);
});

test.each([
  'node.cluster.x-k8s.io/uninitialized',
  'node.cloudprovider.kubernetes.io/uninitialized',
  'node.kubernetes.io/not-ready',
])('%s is set by others, and a node that brings it too never joins or never becomes usable', key => {
  expect(found(taint(key))).toEqual(['ReservedTaint taints[0].key']);
});

test.each([
  'nvidia.com/gpu',
  'dedicated',
  'node-role.kubernetes.io/control-plane',
  `${'d'.repeat(253)}/${'n'.repeat(63)}`,
])('%s is a key', key => {
  expect(found(taint(key))).toEqual([]);
});

test.each(['n'.repeat(64), `${'d'.repeat(254)}/x`, `d/${'n'.repeat(64)}`])(
  '%s is longer than Kubernetes allows',
  key => {
    expect(found(taint(key))).toEqual(['InvalidField taints[0].key']);
  },
);
