import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { API_VERSION } from '../../api/group.ts';
import { at, type JsonObject, listAt, objectAt } from '../../base/json.ts';
import type { KubeObject } from '../../base/object.ts';
import { hikubeCatalog } from '../../catalog/index.ts';
import { withReadyStatus } from '../../readiness/index.ts';
import { composers } from '../index.ts';

const hosts = (count: number, word: string) =>
  Array.from({ length: count }, (_, index) => `${word}${index}.example.com`);
const groups = (count: number, word: string) =>
  Object.fromEntries(Array.from({ length: count }, (_, index) => [`${word}-${index}`, { instanceType: 's1.large' }]));
const spec = (nodeGroups: JsonObject, ingress: string[]): JsonObject => ({
  nodeGroups,
  addons: { ingressNginx: { enabled: true, exposeMethod: 'Proxied', hosts: ingress } },
});

function compose(requested: JsonObject, observed: ReadonlyMap<string, KubeObject>) {
  const composite = {
    apiVersion: API_VERSION,
    kind: 'XHikubeCluster',
    metadata: { name: 'shop-x', uid: 'uid-1' },
    spec: { ...requested, claimRef: { namespace: 'acme', name: 'shop' } },
  };
  const input = { composite, observed, catalog: hikubeCatalog, now: new Date('2026-11-25') };
  const { requirements } = composers.XHikubeCluster({ ...input, required: new Map() });
  return composers.XHikubeCluster({ ...input, required: new Map([...requirements.keys()].map(name => [name, []])) });
}

/** What Crossplane observes next; a child that retires has nothing left once `gone` says so. */
function seenAfter(output: ReturnType<typeof compose>, gone: boolean): Map<string, KubeObject> {
  return new Map(
    [...output.desired].map(([name, { object }]) => {
      const owned = { ...object.metadata, generation: 1, ownerReferences: [{ uid: 'uid-1', controller: true }] };
      const seen = withReadyStatus({ ...object, metadata: owned });
      const left = at(object, 'spec', 'retire') === true ? { composed: gone ? 0 : 10, composedAt: 1 } : {};
      const version = hikubeCatalog.versions[hikubeCatalog.defaultVersion]?.patch ?? '';
      return [name, { ...seen, status: { ...objectAt(seen, 'status'), initialized: true, version, ...left } }];
    }),
  );
}

function standing(requested: JsonObject): Map<string, KubeObject> {
  let observed = new Map<string, KubeObject>();
  for (let round = 0; round < 8; round += 1) observed = seenAfter(compose(requested, observed), true);
  return observed;
}

describe('a cluster never composes more than 40 objects', () => {
  test('when all 16 groups are renamed at once: new ones come as old ones go', () => {
    const before = standing(spec(groups(16, 'old'), hosts(16, 'www')));
    const renamed = spec(groups(16, 'new'), hosts(16, 'www'));
    const first = compose(renamed, before);
    expect(first.desired.size).toBeLessThanOrEqual(40);
    for (const name of before.keys()) expect(first.desired.has(name)).toBe(true);
    const waiting = listAt(first.status, 'waiting').map(entry => at(entry, 'message'));
    expect(waiting).toContain('waits for older parts of the cluster to be gone');
    expect(first.ready).toBe(false);

    let observed = seenAfter(first, true);
    for (let round = 0; round < 4; round += 1) observed = seenAfter(compose(renamed, observed), true);
    const pools = [...observed.keys()].filter(name => name.startsWith('pool-'));
    expect(pools.sort()).toEqual(Object.keys(groups(16, 'pool-new')).sort());
  });

  test('whatever groups and hosts come and go, and what exists stays until it may go', () => {
    const step = fc.record({
      groups: fc.nat(16),
      hosts: fc.nat(16),
      word: fc.constantFrom('a', 'b', 'c'),
      gone: fc.boolean(),
    });
    fc.assert(
      fc.property(fc.array(step, { minLength: 1, maxLength: 8 }), steps => {
        let observed = standing(spec(groups(2, 'a'), hosts(2, 'a')));
        for (const { groups: count, hosts: names, word, gone } of steps) {
          const output = compose(spec(groups(count, word), hosts(names, word)), observed);
          expect(output.desired.size).toBeLessThanOrEqual(40);
          for (const [name, object] of observed) {
            const leaves = at(object, 'spec', 'retire') === true && at(object, 'status', 'composed') === 0;
            if (!leaves && !name.startsWith('host-')) expect(output.desired.has(name)).toBe(true);
          }
          observed = seenAfter(output, gone);
        }
      }),
      { numRuns: 40 },
    );
  });
});
