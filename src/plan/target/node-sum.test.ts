import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { hikubeCatalog } from '../../catalog/index.ts';
import { pool as resolved } from '../../render/node-pool/testing/pool.ts';
import { refusalsIn } from '../finding.ts';
import { planNodeSum } from './node-sum.ts';

const pool = (zones: ReturnType<typeof resolved>['zones']) => resolved({ zones });

const sum = (min: number, max: number, podCidr = '10.243.0.0/16', accepted = {}) =>
  planNodeSum({ web: pool({ a: { min, max } }) }, accepted, { ...hikubeCatalog.network, podCidr });

describe('node groups against the Pod addresses they share', () => {
  test.each([
    ['10.243.0.0/16', 255],
    ['10.243.0.0/20', 15],
    ['10.243.0.0/23', 1],
    ['fd00:10::/56', 255],
  ])('%s is enough for %i and one that replaces another', (cidr, nodes) => {
    expect(sum(1, nodes, cidr)).toEqual({ maxNodes: nodes, findings: [] });
    expect(sum(1, nodes + 1, cidr).findings).toMatchObject([{ code: 'NodesCapped', path: 'spec.nodeGroups' }]);
  });

  test('more nodes at their fewest than addresses are refused with the numbers', () => {
    expect(refusalsIn(sum(255, 255).findings)).toEqual([]);
    const { findings, maxNodes } = sum(256, 300);
    expect(maxNodes).toBe(255);
    expect(findings).toMatchObject([
      { code: 'TooManyNodes', message: expect.stringMatching(/ 256 .* 1 more .* 256$/) },
    ]);
  });

  test('a cluster that was let through with as many is warned and goes on', () => {
    const { findings } = sum(300, 300, '10.243.0.0/16', { web: pool({ a: { min: 300, max: 300 } }) });
    expect(findings).toMatchObject([{ code: 'NodesCapped' }]);
  });

  test('every zone of every group keeps a range for the node that replaces another, groups in turn one alone', () => {
    const zones = { a: { min: 1, max: 2 }, b: { min: 0, max: 2 }, c: { min: 0, max: 0 } };
    const rollout = { maxSurge: 1, maxUnavailable: 1, zonesInTurn: true };
    const both = { web: pool(zones), ml: { ...pool(zones), rollout } };
    expect(planNodeSum(both, {}, hikubeCatalog.network).maxNodes).toBe(256 - 2 - 1);
    const none = { web: { ...pool(zones), rollout: { maxSurge: 0, maxUnavailable: 1 } } };
    expect(planNodeSum(none, {}, hikubeCatalog.network).maxNodes).toBe(256);
  });

  test('a group that leaves counts with what may stand of it, not with what it asked for', () => {
    const leaving = { ...pool({ a: { min: 300, max: 300 } }), retire: true };
    expect(planNodeSum({ old: leaving }, {}, hikubeCatalog.network).findings).toMatchObject([{ code: 'NodesCapped' }]);
  });

  test('whatever the groups, what the autoscaler may make and what replaces nodes has addresses', () => {
    const bounds = fc.record({ min: fc.nat(400), max: fc.nat(1000) });
    fc.assert(
      fc.property(fc.array(bounds, { maxLength: 16 }), groups => {
        const pools = Object.fromEntries(groups.map((zone, index) => [`g${index}`, pool({ a: zone })]));
        const surge = groups.filter(({ max }) => max > 0).length;
        expect(planNodeSum(pools, {}, hikubeCatalog.network).maxNodes + surge).toBeLessThanOrEqual(256);
      }),
    );
  });
});
