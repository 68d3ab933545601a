import { globSync } from 'node:fs';
import { expect, test } from 'vitest';
import { hikubeCatalog } from '../../../catalog/index.ts';
import { observedAs, planOf } from '../../testing/plan.ts';
import type { Facts } from '../facts.ts';
import type { Step, StepKind } from '../steps/types.ts';
import { facts, step } from '../testing/facts.ts';
import { GUARDS, holdOf } from './index.ts';

const etcd = observedAs(planOf({})).etcd;
const gpus = observedAs(
  planOf({ nodeGroups: { ml: { instanceType: 'u1.xlarge', gpus: [{ name: 'nvidia.com/L40S' }] } } }),
);

/** For each guard a step that it alone holds back. */
const ALONE: [string, Step, Partial<Facts>][] = [
  ['comes-up-in-order', step({ kind: 'appear' }, 'addons'), {}],
  ['etcd-stands', step({ kind: 'etcd' }, 'etcd'), { observed: { pools: {}, ...(etcd ? { etcd } : {}) } }],
  ['one-minor-at-a-time', step({ kind: 'version', from: 'v1.34.1', to: 'v1.35.1' }), {}],
  ['control-plane-first', step({ kind: 'nodes', from: 'v1.34.1', to: 'v1.35.1' }, 'pool-web'), {}],
  [
    'hosts-first',
    step({ kind: 'host', role: 'api', host: 'a.example.com', api: { now: undefined, next: 'a.example.com' } }),
    { reservations: new Map() },
  ],
  ['drains-first', step({ kind: 'release-unneeded', release: 'gpu-operator' }, 'addons'), { observed: gpus }],
];

test('every guard has a file of its own and stands in the list', () => {
  const files = globSync('*.ts', { cwd: import.meta.dirname }).filter(file => !/(index|types|\.test)\.ts$/.test(file));
  expect(files.map(file => file.replace('.ts', '')).sort()).toEqual(ALONE.map(([name]) => name).sort());
  expect(GUARDS).toHaveLength(ALONE.length);
});

test.each(ALONE)('without %s a step would go that must wait', (_, held, given) => {
  const now = facts(given);
  const holding = GUARDS.filter(guard => guard(held, now));
  expect(holding).toHaveLength(1);
  expect(holdOf(held, now)).toBeDefined();
  expect(
    holdOf(
      held,
      now,
      GUARDS.filter(guard => !holding.includes(guard)),
    ),
  ).toBeUndefined();
});

test('every hold says what it waits for and what would free it, without a number that changes by itself', () => {
  for (const [, held, given] of ALONE) {
    const hold = holdOf(held, facts(given));
    expect(hold?.reason.trim()).not.toBe('');
    expect(hold?.remedy.trim()).not.toBe('');
    expect(hold?.reason).not.toMatch(/\d{2}:\d{2}/);
  }
});

test('a step no guard has anything against goes', () => {
  const kinds: StepKind[] = [
    { kind: 'version', from: 'v1.34.1', to: 'v1.34.13' },
    { kind: 'nodes', from: 'v1.34.1', to: 'v1.34.1' },
    { kind: 'release-unneeded', release: 'gpu-operator' },
  ];
  for (const kind of kinds) expect(holdOf(step(kind), facts({ catalog: hikubeCatalog }))).toBeUndefined();
});
