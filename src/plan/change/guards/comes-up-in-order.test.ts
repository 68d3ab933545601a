import { describe, expect, test } from 'vitest';
import type { ObservedCluster } from '../../observed.ts';
import { observedAs, planOf } from '../../testing/plan.ts';
import type { PartName } from '../pending.ts';
import { heldBy, step } from '../testing/facts.ts';

const whole = observedAs(planOf({ nodeGroups: { web: { instanceType: 's1.large' } } }));
const { etcd, dataStore, controlPlane } = whole;
const plane = (status: { version?: string; initialized?: boolean }): Partial<ObservedCluster> =>
  controlPlane ? { controlPlane: { ...controlPlane, status } } : {};
const unready = etcd ? { etcd: { ...etcd, ready: false } } : {};
const ready = etcd ? { etcd } : {};

describe('parts come up in order', () => {
  test.each<[PartName, string, Partial<ObservedCluster>, boolean]>([
    ['etcd', 'nothing is there', {}, false],
    ['datastore', 'nothing is there', {}, true],
    ['datastore', 'etcd is not ready', unready, true],
    ['datastore', 'etcd is ready', ready, false],
    ['usage-etcd', 'etcd is not ready', unready, true],
    ['usage-etcd', 'etcd is ready', ready, false],
    ['usage-etcd', 'the registration is there', { ...unready, dataStore: { name: 'x', ready: false } }, false],
    ['usage-namespace', 'etcd is not ready', unready, true],
    ['usage-namespace', 'the registration is there', { dataStore: { name: 'x', ready: false } }, false],
    ['control-plane', 'there is no registration', ready, true],
    ['control-plane', 'the registration is not ready', { ...ready, dataStore: { name: 'x', ready: false } }, true],
    ['control-plane', 'the registration is ready', { ...ready, ...(dataStore ? { dataStore } : {}) }, false],
    ['pool-web', 'there is no control plane', {}, true],
    ['pool-web', 'the API has not answered', plane({ version: 'v1.36.6' }), true],
    ['pool-web', 'nobody knows what the API servers run', plane({ initialized: true }), true],
    ['pool-web', 'the API has answered', plane({ initialized: true, version: 'v1.36.6' }), false],
    ['addons', 'the API has not answered', plane({ version: 'v1.36.6' }), true],
    ['addons', 'the API has answered', plane({ initialized: true }), false],
  ])('%s while %s', (part, _, observed, held) => {
    const code = heldBy(step({ kind: 'appear' }, part), { observed: { pools: {}, ...observed } });
    expect(code).toBe(held ? 'PartNotReady' : undefined);
  });

  test('a new cluster is told what waits for what, part by part', () => {
    const { pending, absent } = planOf({ nodeGroups: { web: { instanceType: 's1.large' } } });
    const told = pending.filter(({ code }) => code === 'PartNotReady').map(({ part, reason }) => `${part} ${reason}`);
    expect(told).toEqual([
      'datastore waits for etcd',
      'usage-etcd waits for etcd',
      'usage-namespace waits for etcd',
      'control-plane waits for etcd',
      'pool-web waits for the control plane',
      'addons waits for the control plane',
    ]);
    expect([...absent.keys()]).toEqual(told.map(line => line.split(' ')[0]));
  });

  test('what exists is never held back, whatever became of what it waited for', () => {
    const lost = { ...whole, ...unready, dataStore: { name: 'x', ready: false }, ...plane({}) };
    expect(planOf({ nodeGroups: { web: { instanceType: 's1.large' } } }, { observed: lost }).absent.size).toBe(0);
  });
});
