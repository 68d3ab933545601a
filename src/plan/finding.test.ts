import fc from 'fast-check';
import { expect, test } from 'vitest';
import { isObject, type JsonObject } from '../base/json.ts';
import { type Catalog, hikubeCatalog } from '../catalog/index.ts';
import { REFUSALS, WARNINGS } from './finding.ts';
import { planCluster } from './index.ts';
import { NOTHING_OBSERVED, type ObservedCluster } from './observed.ts';
import type { HostHolder } from './reservations.ts';

/** A claim that uses every field a mistake can be made in. */
const CLAIM: JsonObject = {
  version: 'v1.34',
  host: 'api.example.com',
  storageClass: 'replicated',
  zones: ['geneva', 'lucerne', 'gland'],
  controlPlane: { replicas: 3, apiServer: { resources: { cpu: '2', memory: '4Gi' } } },
  kamajiControlPlane: { scheduler: { resourcesPreset: 'small' } },
  nodeGroups: {
    web: { minReplicas: 1, maxReplicas: 3, instanceType: 's1.large', roles: ['ingress-nginx'], zones: ['geneva'] },
    ml: {
      instanceType: 'u1.2xlarge',
      gpus: [{ name: 'nvidia.com/L40S' }],
      labels: { 'example.com/kind': 'ml' },
      taints: [{ key: 'example.com/gpu', effect: 'NoSchedule' }],
      ephemeralStorage: '40Gi',
      resources: { cpu: '4', memory: '16Gi' },
    },
  },
  addons: {
    certManager: { enabled: true, valuesOverride: { prometheus: { servicemonitor: { enabled: true } } } },
    ingressNginx: { enabled: true, exposeMethod: 'Proxied', hosts: ['www.example.com', 'shop.example.com'] },
    gpuOperator: { enabled: false },
    monitoringAgents: { enabled: true, valuesOverride: {} },
  },
};

/** One that holds the mistakes chance rarely makes. */
const WRONG: JsonObject = {
  version: 'v1.32',
  controlPlane: { replicas: 1 },
  nodeGroups: {
    ...Object.fromEntries(Array.from({ length: 17 }, (_, index) => [`g${index}`, { instanceType: 's1.large' }])),
    web: { minReplicas: 5, maxReplicas: 3, instanceType: 's1.large', ephemeralStorage: '1Mi' },
    cpu: { instanceType: 's1.large', resources: { cpu: '1.5', memory: '1Mi' } },
    labels: { instanceType: 's1.large', labels: { 'node-role.kubernetes.io/x': '' } },
  },
  addons: { ingressNginx: { enabled: true, exposeMethod: 'Proxied' } },
};

const VALUES: unknown[] = [
  '',
  'x',
  'v1.99',
  'v1.30',
  'v1.36',
  '*.example.com',
  'com',
  'svc.cluster.local',
  '10.0.0.1',
  'kubernetes.io/x',
  'nvidia.com/H100',
  'local',
  'mars',
  's1.lrage',
  '0',
  '-1Gi',
  0,
  -1,
  11,
  1e300,
  true,
  null,
  [],
  {},
  ['x', 'x'],
  [{ name: 'nvidia.com/A100' }],
  [{ name: 'nvidia.com/A100' }, { name: 'nvidia.com/L40S' }],
  ['api.example.com', '*.acme.k8s.hikube.cloud'],
  { name: 'x' },
  { constructor: {} },
];
const mutation = fc.record({ path: fc.array(fc.nat(), { maxLength: 5 }), key: fc.nat(), value: fc.nat() });

/** The claim with one value replaced, removed or added; where the numbers lead is as good a place as any. */
function mutate(claim: JsonObject, { path, key, value }: { path: number[]; key: number; value: number }): JsonObject {
  const copy: JsonObject = structuredClone(claim);
  let here: Record<string, unknown> | unknown[] = copy;
  for (const step of path) {
    const inner: unknown = Object.values(here)[step % Math.max(1, Object.keys(here).length)];
    if (!isObject(inner) && !Array.isArray(inner)) break;
    here = inner;
  }
  const name = [...Object.keys(here), 'unknwon'][key % (Object.keys(here).length + 1)] ?? 'unknwon';
  const before: unknown = Reflect.get(here, name);
  // Mostly of the same type, or hardly a mistake would get past the first check.
  const alike = VALUES.filter(other => kindOf(other) === kindOf(before));
  const values = value % 5 === 0 || alike.length === 0 ? VALUES : alike;
  Reflect.set(here, name, structuredClone(values[value % values.length]));
  return copy;
}

const kindOf = (value: unknown) => (Array.isArray(value) ? 'array' : typeof value);

const { 'v1.34': _, ...versions } = hikubeCatalog.versions;
const CATALOGS: Catalog[] = [
  hikubeCatalog,
  { ...hikubeCatalog, domain: { ...hikubeCatalog.domain, allowed: ['example.org'], reserved: ['www.example.com'] } },
  { ...hikubeCatalog, versions, gpus: [], instanceTypes: {}, zones: ['mars'] },
];
const cluster = { namespace: 'acme', name: 'shop' };
const NOW = new Date('2026-11-25T00:00:00Z');

const running = (): ObservedCluster => {
  const given = { cluster, requested: CLAIM, observed: NOTHING_OBSERVED, catalog: hikubeCatalog, now: NOW };
  const { children } = planCluster({ ...given, reservations: { get: () => 'ours' } });
  const { etcd, controlPlane, addons } = children;
  return {
    ...(etcd && { etcd: { spec: etcd } }),
    ...(controlPlane && { controlPlane: { spec: controlPlane } }),
    ...(addons && { addons: { spec: addons } }),
    pools: Object.fromEntries(Object.entries(children.pools).map(([group, spec]) => [group, { spec }])),
  };
};

test('every problem has a code, a path, what is wrong and what would be right', () => {
  const seen = new Set<string>();
  const standing = running();
  fc.assert(
    fc.property(
      fc.constantFrom(CLAIM, { ...CLAIM, host: '' }, WRONG),
      fc.array(mutation, { maxLength: 4 }),
      fc.nat({ max: CATALOGS.length - 1 }),
      fc.constantFrom<HostHolder>('unknown', 'free', 'ours', 'other'),
      fc.boolean(),
      fc.constantFrom('shop', 'Shop', '1st', 'x'.repeat(43)),
      (claim, mutations, offer, holder, stands, name) => {
        const plan = planCluster({
          cluster: { ...cluster, name },
          requested: mutations.reduce(mutate, claim),
          observed: stands ? standing : NOTHING_OBSERVED,
          catalog: CATALOGS[offer] ?? hikubeCatalog,
          now: NOW,
          reservations: { get: () => (holder === 'unknown' ? undefined : holder) },
        });
        expect(plan.accepted).toBe(plan.problems.length === 0);
        for (const problem of [...plan.problems, ...plan.warnings]) {
          seen.add(problem.code);
          for (const part of [problem.code, problem.path, problem.message, problem.remedy]) {
            expect(part.trim(), JSON.stringify(problem)).not.toBe('');
            // A list that turned out empty leaves its sentence hanging.
            expect(part, JSON.stringify(problem)).not.toMatch(/(\b(are|under|use|to|with|of)|[,:;])\s*$/);
          }
        }
        for (const { code } of plan.problems) expect(REFUSALS).toContain(code);
        for (const { code } of plan.warnings) expect(WARNINGS).toContain(code);
      },
    ),
    { numRuns: 800, seed: 20261125 },
  );
  expect(seen.size).toBeGreaterThan(20);
});
