import { expect, test } from 'vitest';
import { hikubeCatalog } from '../../src/catalog/index.ts';
import { planCluster } from '../../src/plan/index.ts';
import { NOTHING_OBSERVED } from '../../src/plan/observed.ts';
import { dearestClaim } from '../bench/dearest.ts';

const problems = (more: number) =>
  planCluster({
    cluster: { namespace: 'acme', name: 'dearest' },
    requested: dearestClaim(more).spec,
    observed: NOTHING_OBSERVED,
    catalog: hikubeCatalog,
    now: new Date('2026-11-25'),
    reservations: { get: () => 'free' },
  }).problems;

test('the dearest claim is accepted, and refused with one value more', () => {
  expect(problems(0)).toEqual([]);
  expect(problems(1)).toEqual([expect.objectContaining({ code: 'TooLarge', path: 'spec.addons' })]);
});
