import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { at, listAt, objectAt, stringAt } from '../../base/json.ts';
import type { KubeObject } from '../../base/object.ts';
import { renderNodePool } from './index.ts';
import { l40s, observedAs, pool, settledAfter, shop } from './testing/pool.ts';

const none = new Map<string, KubeObject>();

function deploymentOf(rendered: Map<string, KubeObject>, zone: string): KubeObject {
  const found = rendered.get(`deployment-${zone}`);
  if (!found) throw new Error(`no deployment in ${zone}`);
  return found;
}

function templatesOf(rendered: Map<string, KubeObject>, zone: string): string[] {
  return [...rendered.keys()].filter(
    name => name.startsWith(`machines-${zone}-`) || name.startsWith(`bootstrap-${zone}-`),
  );
}

describe('zones', () => {
  test('each zone has its deployment and its two templates, and the pool one health check', () => {
    const rendered = renderNodePool(shop, pool(), none);
    expect([...rendered.values()].map(object => object.kind).sort()).toEqual([
      ...Array<string>(3).fill('KubeadmConfigTemplate'),
      ...Array<string>(3).fill('KubevirtMachineTemplate'),
      ...Array<string>(3).fill('MachineDeployment'),
      'MachineHealthCheck',
    ]);
  });

  test('a zone whose maximum is 0 has nothing', () => {
    const rendered = renderNodePool(
      shop,
      pool({ zones: { geneva: { min: 1, max: 1 }, gland: { min: 0, max: 0 } } }),
      none,
    );
    expect([...rendered.keys()].filter(name => name.includes('gland'))).toEqual([]);
  });

  test('a zone that may have no more nodes is emptied before its parts go', () => {
    const before = settledAfter(renderNodePool(shop, pool(), none));
    const without = pool({ zones: { geneva: { min: 1, max: 4 } } });
    const emptying = renderNodePool(shop, without, before);
    expect(at(deploymentOf(emptying, 'lucerne'), 'spec', 'replicas')).toBe(0);
    expect(templatesOf(emptying, 'lucerne')).toHaveLength(2);
    expect(emptying.has('deployment-gland')).toBe(false);

    const lucerne = deploymentOf(before, 'lucerne');
    before.set('deployment-lucerne', observedAs(lucerne, { replicas: 0 }, { replicas: 1 }));
    expect(renderNodePool(shop, without, before).has('deployment-lucerne')).toBe(true);
    before.set('deployment-lucerne', observedAs(lucerne, { replicas: 0 }, { replicas: 0, readyReplicas: 0 }));
    expect([...renderNodePool(shop, without, before).keys()].filter(name => name.includes('lucerne'))).toEqual([]);
  });

  test('a group may lie in one zone only', () => {
    const rendered = renderNodePool(shop, pool({ zones: { gland: { min: 2, max: 2 } } }), none);
    expect(rendered.size).toBe(4);
  });
});

describe('templates', () => {
  test('rendering again what is settled changes nothing (H57)', () => {
    const first = renderNodePool(shop, pool(), none);
    const again = renderNodePool(shop, pool(), settledAfter(first));
    expect(again).toEqual(first);
  });

  test('so it is for whatever group', () => {
    const bounds = fc.tuple(fc.nat(5), fc.nat(5)).map(([min, more]) => ({ min, max: min + more }));
    const word = fc.stringMatching(/^[a-z]{1,8}$/);
    const group = fc.record({
      zones: fc.dictionary(fc.constantFrom('geneva', 'lucerne', 'gland'), bounds),
      roles: fc.uniqueArray(word, { maxLength: 3 }),
      labels: fc.dictionary(word, word, { maxKeys: 3 }),
      epoch: fc.nat(3),
    });
    fc.assert(
      fc.property(group, changes => {
        const first = renderNodePool(shop, pool(changes), none);
        expect(renderNodePool(shop, pool(changes), settledAfter(first))).toEqual(first);
      }),
    );
  });

  test('an existing template is emitted as observed, whatever a newer function would render', () => {
    const first = renderNodePool(shop, pool(), none);
    const observed = settledAfter(first);
    const [name = ''] = templatesOf(first, 'geneva');
    const template = observed.get(name);
    if (!template) throw new Error('no template');
    const older: KubeObject = {
      ...template,
      metadata: {
        ...template.metadata,
        uid: 'u',
        resourceVersion: '7',
        labels: { ...template.metadata.labels, 'crossplane.io/composite': 'shop-pool' },
        annotations: { 'crossplane.io/composition-resource-name': name },
      },
      spec: { template: { spec: { fromAnOlderFunction: true } } },
    };
    observed.set(name, older);
    expect(renderNodePool(shop, pool(), observed).get(name)).toEqual({ ...template, spec: older.spec });
  });

  test('old templates stay until every machine is made of the new ones', () => {
    const first = renderNodePool(shop, pool(), none);
    const observed = settledAfter(first);
    const larger = pool({ machine: { instanceType: 's1.xlarge', cpu: 8, memory: '16Gi' } });
    const old = templatesOf(first, 'geneva');

    const asked = renderNodePool(shop, larger, observed);
    expect(templatesOf(asked, 'geneva')).toHaveLength(4);
    expect(templatesOf(asked, 'geneva')).toEqual(expect.arrayContaining(old));

    for (const [name, object] of asked)
      observed.set(
        name,
        observed.get(name)?.status ? { ...object, status: { ...observedStatus(observed, name) } } : object,
      );
    const rolling = observedAs(deploymentOf(observed, 'geneva'), {}, { replicas: 2, upToDateReplicas: 1 });
    observed.set('deployment-geneva', rolling);
    expect(templatesOf(renderNodePool(shop, larger, observed), 'geneva')).toHaveLength(4);

    observed.set('deployment-geneva', observedAs(rolling, {}, { replicas: 1, upToDateReplicas: 1 }));
    const settled = templatesOf(renderNodePool(shop, larger, observed), 'geneva');
    expect(settled).toHaveLength(2);
    expect(settled.filter(name => old.includes(name))).toEqual([]);
  });

  test('a status written for an older generation does not count as settled', () => {
    const larger = pool({ machine: { instanceType: 's1.xlarge', cpu: 8, memory: '16Gi' } });
    const observed = settledAfter(renderNodePool(shop, larger, none));
    for (const [name, object] of renderNodePool(shop, pool(), none)) {
      if (!observed.has(name)) observed.set(name, object);
    }
    const geneva = deploymentOf(observed, 'geneva');
    observed.set('deployment-geneva', { ...geneva, metadata: { ...geneva.metadata, generation: 2 } });
    expect(templatesOf(renderNodePool(shop, larger, observed), 'geneva')).toHaveLength(4);
    expect(templatesOf(renderNodePool(shop, larger, observed), 'gland')).toHaveLength(2);
  });

  test('changing only the bounds keeps every template (H54)', () => {
    const first = renderNodePool(shop, pool(), none);
    const wider = pool({
      zones: { geneva: { min: 2, max: 9 }, lucerne: { min: 1, max: 9 }, gland: { min: 0, max: 9 } },
    });
    const again = renderNodePool(shop, wider, settledAfter(first));
    for (const zone of ['geneva', 'lucerne', 'gland'])
      expect(templatesOf(again, zone)).toEqual(templatesOf(first, zone));
  });
});

describe('health check', () => {
  const most = (spec: ReturnType<typeof pool>, observed = none) =>
    at(
      renderNodePool(shop, spec, observed).get('health'),
      'spec',
      'remediation',
      'triggerIf',
      'unhealthyLessThanOrEqualTo',
    );

  test.each([
    [0, 1],
    [1, 1],
    [2, 1],
    [3, 1],
    [4, 2],
    [20, 10],
  ])('of %i nodes it replaces at most %i at a time', (min, expected) => {
    expect(most(pool({ zones: { geneva: { min, max: 20 } } }))).toBe(expected);
  });

  test('H86 it watches all machines of the group, and replaces a node that is not ready or says nothing for minutes', () => {
    const rendered = renderNodePool(shop, pool(), none);
    const health = rendered.get('health');
    const conditions = listAt(health, 'spec', 'checks', 'unhealthyNodeConditions');
    expect(conditions.map(entry => `${at(entry, 'type')} ${at(entry, 'status')}`)).toEqual([
      'Ready Unknown',
      'Ready False',
    ]);
    for (const entry of conditions) expect(at(entry, 'timeoutSeconds')).toBeGreaterThanOrEqual(300);
    const watched = objectAt(health, 'spec', 'selector', 'matchLabels');
    for (const zone of ['geneva', 'lucerne', 'gland']) {
      const labels = objectAt(deploymentOf(rendered, zone), 'spec', 'template', 'metadata', 'labels');
      expect(labels).toMatchObject(watched);
    }
  });

  test('it counts the nodes the autoscaler has added', () => {
    const observed = settledAfter(renderNodePool(shop, pool(), none));
    observed.set('deployment-geneva', observedAs(deploymentOf(observed, 'geneva'), { replicas: 7 }, {}));
    expect(most(pool(), observed)).toBe(4);
  });

  test('it leaves lost zones alone', () => {
    const health = renderNodePool(shop, pool({ pausedZones: ['lucerne'] }), none).get('health');
    expect(at(health, 'spec', 'selector', 'matchExpressions')).toEqual([
      { key: 'hikube.cloud/zone', operator: 'NotIn', values: ['lucerne'] },
    ]);
  });
});

test('names of everything depend on namespace, claim and group', () => {
  const all = [
    renderNodePool(shop, pool(), none),
    renderNodePool({ namespace: 'other', name: 'shop' }, pool(), none),
    renderNodePool({ namespace: 'acme', name: 'shop-web' }, pool({ cluster: 'shop-web', group: 'a' }), none),
    renderNodePool(shop, pool({ group: 'web-a' }), none),
  ].flatMap(rendered => [...rendered.values()].map(object => `${object.kind}/${object.metadata.name}`));
  expect(new Set(all).size).toBe(all.length);
});

test('machine names fit into host names for the longest claim, group and zone', () => {
  const id = { namespace: 'n'.repeat(63), name: 'c'.repeat(42) };
  const zone = 'z'.repeat(60);
  const rendered = renderNodePool(
    id,
    pool({ cluster: id.name, group: 'g'.repeat(20), zones: { [zone]: { min: 1, max: 2 } } }),
    none,
  );
  expect(deploymentOf(rendered, zone).metadata.name.length).toBeLessThanOrEqual(50);
  for (const object of rendered.values()) expect(object.metadata.name.length).toBeLessThanOrEqual(63);
});

test('nothing empty is emitted into Cluster API kinds, GPUs, taints and labels or not', () => {
  const full = pool({
    gpus: l40s,
    labels: { team: 'ml' },
    taints: [{ key: 'gpu', effect: 'NoSchedule' }],
    roles: ['ml'],
  });
  for (const spec of [pool(), full]) {
    for (const object of renderNodePool(shop, spec, none).values()) {
      if (object.apiVersion.startsWith('infrastructure.')) continue;
      expect(JSON.stringify(object)).not.toMatch(/[:,[](\{\}|\[\])/);
    }
  }
});

function observedStatus(observed: Map<string, KubeObject>, name: string) {
  const status = observed.get(name)?.status;
  return typeof status === 'object' && status !== null && !Array.isArray(status) ? status : {};
}

test('the deployment names its templates', () => {
  const rendered = renderNodePool(shop, pool(), none);
  const template = at(deploymentOf(rendered, 'geneva'), 'spec', 'template', 'spec');
  const names = [...rendered.values()].map(object => `${object.kind}/${object.metadata.name}`);
  expect(names).toContain(`KubevirtMachineTemplate/${stringAt(template, 'infrastructureRef', 'name')}`);
  expect(names).toContain(`KubeadmConfigTemplate/${stringAt(template, 'bootstrap', 'configRef', 'name')}`);
});
