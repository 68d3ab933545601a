import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { NodePoolSpec } from '../../api/parts/node-pool.ts';
import { bootstrapTemplateName, deploymentName, machineTemplateName } from './template-name.ts';
import { l40s, pool, shop } from './testing/pool.ts';

const machine = (spec: NodePoolSpec, zone = 'geneva') => machineTemplateName(shop, spec, zone).name;
const bootstrap = (spec: NodePoolSpec, zone = 'geneva') => bootstrapTemplateName(shop, spec, zone).name;

describe('what replaces the machines', () => {
  const base = pool();
  test.each<[string, Partial<NodePoolSpec>, boolean, boolean]>([
    ['image', { image: 'example.org/node:v1' }, true, false],
    ['machine', { machine: { instanceType: 's1.xlarge', cpu: 8, memory: '16Gi' } }, true, true],
    ['instance type of the same size', { machine: { instanceType: 'own', cpu: 4, memory: '8Gi' } }, true, false],
    ['disk size', { disk: { size: '60Gi', storageClass: 'replicated' } }, true, false],
    ['disk class', { disk: { size: '50Gi', storageClass: 'local' } }, true, false],
    ['GPUs', { gpus: l40s }, true, true],
    ['labels', { labels: { team: 'web' } }, false, true],
    ['taints', { taints: [{ key: 'a', effect: 'NoSchedule' }] }, false, true],
    ['epoch', { epoch: 1 }, true, true],
    ['version alone', { version: 'v1.35.6' }, false, false],
    ['roles', { roles: ['ingress-nginx'] }, false, false],
    ['bounds', { zones: { geneva: { min: 0, max: 9 } } }, false, false],
    ['a lost zone', { pausedZones: ['gland'] }, false, false],
  ])('%s', (_, change, machineChanges, bootstrapChanges) => {
    expect(machine({ ...base, ...change }) !== machine(base)).toBe(machineChanges);
    expect(bootstrap({ ...base, ...change }) !== bootstrap(base)).toBe(bootstrapChanges);
  });

  test('zones have templates of their own', () => {
    expect(machine(base, 'gland')).not.toBe(machine(base));
    expect(bootstrap(base, 'gland')).not.toBe(bootstrap(base));
  });
});

test('the order of keys and taints does not count', () => {
  const labels = fc.dictionary(fc.stringMatching(/^[a-z]{1,8}$/), fc.stringMatching(/^[a-z]{0,8}$/), { maxKeys: 6 });
  fc.assert(
    fc.property(labels, fc.infiniteStream(fc.nat(99)), (given, random) => {
      const shuffled = Object.entries(given)
        .map(entry => [random.next().value ?? 0, entry] as const)
        .sort(([a], [b]) => a - b)
        .map(([, entry]) => entry);
      const reordered = Object.fromEntries(Object.entries(pool({ labels: Object.fromEntries(shuffled) })).reverse());
      expect(bootstrap({ ...pool(), ...reordered })).toBe(bootstrap(pool({ labels: given })));
    }),
  );
  const one = { key: 'a', effect: 'NoSchedule' } as const;
  const two = { key: 'b', value: 'c', effect: 'NoExecute' } as const;
  expect(bootstrap(pool({ taints: [one, two] }))).toBe(bootstrap(pool({ taints: [two, one] })));
});

test('nodes are named after claim, group and zone (D33)', () => {
  expect(deploymentName(shop, 'web', 'geneva')).toMatch(/^shop-web-geneva-[0-9a-f]{6}$/);
});
