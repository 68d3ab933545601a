import { globSync, readFileSync } from 'node:fs';
import path from 'node:path';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  ADDON_LABEL,
  CLUSTER_API_LABEL,
  CLUSTER_LABEL,
  isClusterTaint,
  isKubernetesLabel,
  isLabelKey,
  isLabelValue,
  KEY_PATTERN,
  NODE_GROUP_LABEL,
  POOL_ZONE_LABEL,
  roleLabel,
  TOPOLOGY_HOST_LABEL,
  TOPOLOGY_ZONE_LABEL,
} from './labels.ts';

describe('keys', () => {
  test.each(['a', 'A.b_c-1', 'example.com/a', `${'d'.repeat(253)}/${'n'.repeat(63)}`, 'a.b.c/D'])('%s is one', key => {
    expect(isLabelKey(key)).toBe(true);
  });

  test.each([
    '',
    '/',
    'a/',
    '/a',
    'a/b/c',
    '-a',
    'a-',
    'a..b/c',
    'a.-b/c',
    'A.b/c',
    '.a/b',
    'n'.repeat(64),
    `${'d'.repeat(254)}/n`,
    'a b',
  ])('%j is none, and a node that brings it never joins', key => {
    expect(isLabelKey(key)).toBe(false);
  });

  test('every key has the characters a schema asks for', () => {
    const text = fc.string({ unit: fc.constantFrom('a', 'B', '1', '-', '.', '_', '/'), maxLength: 12 });
    fc.assert(fc.property(text, key => !isLabelKey(key) || KEY_PATTERN.test(key)));
  });
});

test.each([
  ['', true],
  ['a', true],
  ['A_b.c-1', true],
  ['v'.repeat(63), true],
  ['v'.repeat(64), false],
  ['-a', false],
  ['a.', false],
  ['a/b', false],
])('%j as a value: %s', (value, valid) => expect(isLabelValue(value)).toBe(valid));

test.each([
  [TOPOLOGY_ZONE_LABEL, true],
  [roleLabel('worker'), true],
  ['kubernetes.io/arch', true],
  ['a.k8s.io/b', true],
  ['node.kubernetes.io/instance-type', false],
  ['a.kubelet.kubernetes.io/b', false],
  ['notkubernetes.io/a', false],
  ['kubernetes.io', false],
])('%s is kept from kubelets: %s', (key, kept) => expect(isKubernetesLabel(key)).toBe(kept));

test.each([
  ['node.kubernetes.io/unreachable', true],
  ['node.cloudprovider.kubernetes.io/uninitialized', true],
  ['node.cluster.x-k8s.io/uninitialized', true],
  ['nvidia.com/gpu', false],
  [roleLabel('control-plane'), false],
])('the taint %s is the cluster’s own: %s', (key, own) => expect(isClusterTaint(key)).toBe(own));

test('no other file writes one of these labels again', () => {
  const labels = [
    CLUSTER_LABEL,
    NODE_GROUP_LABEL,
    POOL_ZONE_LABEL,
    ADDON_LABEL,
    TOPOLOGY_ZONE_LABEL,
    TOPOLOGY_HOST_LABEL,
    CLUSTER_API_LABEL,
  ];
  const src = path.resolve(import.meta.dirname, '..');
  const files = globSync('**/*.ts', { cwd: src }).filter(
    file => file !== 'base/labels.ts' && !/\.test\.ts$|(^|\/)testing\//.test(file),
  );
  const written = files.flatMap(file => {
    const text = readFileSync(path.join(src, file), 'utf8');
    return [...labels, roleLabel('$')]
      .filter(label => [`'${label}'`, `\`${label}`, `=${label}`].some(spelling => text.includes(spelling)))
      .map(label => `${file} writes ${label}`);
  });
  expect(written).toEqual([]);
});
