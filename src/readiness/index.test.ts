import fc from 'fast-check';
import { expect, test } from 'vitest';
import { numberAt } from '../base/json.ts';
import type { KubeObject } from '../base/object.ts';
import { hasRule, readiness, rules, withReadyStatus } from './index.ts';
import { wordsFor } from './words.ts';

const replicas = fc.option(fc.nat(9), { nil: undefined });
const object = fc
  .record({
    rule: fc.constantFrom(...rules),
    generation: fc.option(fc.integer({ min: 1, max: 1000 }), { nil: undefined }),
    replicas,
    min: replicas,
  })
  .map(
    ({ rule, generation, replicas, min }): KubeObject => ({
      apiVersion: rule.apiVersion,
      kind: rule.kind,
      metadata: {
        name: 'shop',
        ...(generation === undefined ? {} : { generation }),
        annotations:
          min === undefined ? {} : { 'cluster.x-k8s.io/cluster-api-autoscaler-node-group-min-size': `${min}` },
      },
      spec: { version: 'v1.34.9', ...(replicas === undefined ? {} : { replicas: Math.max(replicas, min ?? 0) }) },
    }),
  );

test('an object with its ready status is ready, whatever its generation and replicas', () => {
  fc.assert(
    fc.property(object, wanted => {
      expect(readiness(withReadyStatus(wanted))).toEqual({ state: 'ready' });
    }),
  );
});

test('no rule throws or is ready by accident when a status is empty, partial or of the wrong shape', () => {
  fc.assert(
    fc.property(object, fc.jsonValue(), (wanted, status) => {
      const rule = rules.find(
        candidate => candidate.kind === wanted.kind && candidate.apiVersion === wanted.apiVersion,
      );
      const hasState = rule?.readyStatus(wanted) !== undefined;
      for (const broken of [
        undefined,
        {},
        { conditions: status },
        { conditions: [status] },
        { conditions: [{ status }] },
      ]) {
        const state = readiness({ ...wanted, status: broken });
        const mayBeReady = !hasState || (wanted.kind === 'Deployment' && numberAt(wanted, 'spec', 'replicas') === 0);
        if (!mayBeReady) expect(state).not.toEqual({ state: 'ready' });
        if (state.state !== 'ready') expect(state.message).toMatch(/\S/);
      }
    }),
  );
});

test('what is not there yet is being created', () => {
  expect(readiness(undefined)).toEqual({ state: 'progressing', message: 'being created' });
});

test('a kind without a rule is never ready', () => {
  const stranger: KubeObject = { apiVersion: 'v1', kind: 'Pod', metadata: { name: 'x' } };
  expect(hasRule(stranger)).toBe(false);
  expect(readiness(stranger).state).toBe('progressing');
});

test('each kind has one rule', () => {
  expect(new Set(rules.map(rule => `${rule.apiVersion}/${rule.kind}`)).size).toBe(rules.length);
});

test('kinds are called by words', () => {
  expect(['EtcdCluster', 'Certificate', 'KamajiControlPlane', 'OCIRepository', 'DataStore'].map(wordsFor)).toEqual([
    'etcd cluster',
    'certificate',
    'control plane',
    'chart source',
    'data store',
  ]);
});
