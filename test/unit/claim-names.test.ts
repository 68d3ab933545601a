import { readFileSync } from 'node:fs';
import path from 'node:path';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { parseAllDocuments } from 'yaml';
import { API_VERSION, CLAIM_KIND } from '../../src/api/group.ts';
import { CLAIM_NAME, MAX_CLAIM_NAME } from '../../src/api/limits.ts';
import { DERIVED_NAMES, HASHED_WORDS, RESERVED_ENDING } from '../../src/api/v1alpha1/claim-name.ts';
import { at, listAt } from '../../src/base/json.ts';
import { nameFor } from '../../src/base/names.ts';
import type { KubeObject } from '../../src/base/object.ts';
import { hikubeCatalog } from '../../src/catalog/index.ts';
import { appliedObjects } from '../../src/simulate/applied.ts';
import { simulate } from '../../src/simulate/index.ts';

const NAMESPACE = 'acme';
const ADDONS = ['certManager', 'fluxcd', 'monitoringAgents', 'gatewayAPI', 'velero'];

const claim = (name: string): KubeObject => ({
  apiVersion: API_VERSION,
  kind: CLAIM_KIND,
  metadata: { name, namespace: NAMESPACE },
  spec: {
    nodeGroups: { web: { instanceType: 's1.large', minReplicas: 1, gpus: [{ name: 'nvidia.com/L40S' }] } },
    addons: {
      ...Object.fromEntries(ADDONS.map(addon => [addon, { enabled: true }])),
      ingressNginx: { enabled: true, hosts: ['www.example.com'] },
      verticalPodAutoscaler: {},
    },
  },
});

const accepted = (name: string) =>
  name.length <= MAX_CLAIM_NAME && CLAIM_NAME.test(name) && !RESERVED_ENDING.test(name);

/** Everything in the namespace that comes of a claim, as `Kind name`: what is applied, and what other programs make. */
function derivedOf(name: string): Set<string> {
  const applied = simulate(claim(name), hikubeCatalog)
    .flatMap(appliedObjects)
    .filter(({ metadata }) => metadata.namespace === NAMESPACE)
    .map(({ kind, metadata }) => `${kind} ${metadata.name}`);
  const etcd = nameFor({ namespace: NAMESPACE, name }, 'etcd');
  return new Set([...applied, `Service ${etcd}`, `Service ${etcd}-client`, ...besides(name)]);
}

/** What Kamaji and Cluster API make beside a control plane. */
function besides(name: string): string[] {
  const named = Object.entries(DERIVED_NAMES).flatMap(([kind, endings]) =>
    endings.map(ending => `${kind} ${name}-${ending}`),
  );
  return [`Service ${name}`, `Deployment ${name}`, ...named];
}

/** Claim names that could be taken for something of the claim `x`: it and each piece of what its objects are called. */
const CANDIDATES = [...derivedOf('x')]
  .map(entry => entry.slice(entry.indexOf(' ') + 1))
  .flatMap(name => name.split('-').map((_, index, words) => words.slice(0, index + 1).join('-')));

describe('claims of one namespace', () => {
  test('have no object in common, whatever accepted names they have', () => {
    const ofX = derivedOf('x');
    const releases = [...ofX]
      .filter(entry => entry.startsWith('HelmRelease '))
      .map(entry => entry.slice('HelmRelease x'.length));
    expect(releases.length).toBeGreaterThan(10);
    const others = [...new Set(CANDIDATES)].filter(name => name !== 'x' && accepted(name));
    expect(others.length).toBeGreaterThan(40);
    for (const other of others) {
      const named = [...besides(other), ...releases.map(release => `HelmRelease ${other}${release}`)];
      expect(named.filter(entry => ofX.has(entry))).toEqual([]);
    }
  });

  test('do so for any two names', () => {
    const ending = fc.oneof(
      fc.constantFrom(...Object.values(DERIVED_NAMES).flat()),
      fc.constantFrom(...CANDIDATES).map(name => name.replace(/^x-/, '')),
      fc.stringMatching(/^[a-z0-9]([-a-z0-9]{0,8}[a-z0-9])?$/),
    );
    const base = fc.stringMatching(/^[a-z]([-a-z0-9]{0,6}[a-z0-9])?$/);
    fc.assert(
      fc.property(base, fc.array(ending, { minLength: 1, maxLength: 2 }), (one, endings) => {
        const other = [one, ...endings].join('-');
        fc.pre(accepted(one) && accepted(other));
        const taken = new Set(besides(one));
        expect(besides(other).filter(entry => taken.has(entry))).toEqual([]);
      }),
      { numRuns: 500 },
    );
  });

  test.each([
    'x-admin',
    'x-controller-manager',
    'x-scheduler',
    'x-konnectivity',
    ...HASHED_WORDS.map(word => nameFor({ namespace: NAMESPACE, name: 'x' }, word)),
    `${nameFor({ namespace: NAMESPACE, name: 'x' }, 'etcd')}-client`,
  ])('could not both be called x and %s', name => {
    expect(accepted(name)).toBe(false);
    const taken = derivedOf('x');
    expect(besides(name).filter(entry => taken.has(entry))).not.toEqual([]);
  });

  test.each(['admin', 'shop-administration', 'shop-ca', 'my-scheduler-2', 'shop-etcd', 'shop-facade', 'web-202611'])(
    'may be called %s',
    name => {
      expect(accepted(name)).toBe(true);
    },
  );
});

test('the admission policy refuses the same endings as the plan, of new claims only', () => {
  const file = path.resolve(import.meta.dirname, '../../package/policies/claim-names.yaml');
  const [policy] = parseAllDocuments(readFileSync(file, 'utf8')).map(document => document.toJS());
  const expressions = listAt(policy, 'spec', 'validations').map(validation => at(validation, 'expression'));
  expect(expressions).toContain(`oldObject != null || !object.metadata.name.matches('${RESERVED_ENDING.source}')`);
});
