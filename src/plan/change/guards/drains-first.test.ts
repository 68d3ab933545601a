import { describe, expect, test } from 'vitest';
import type { NodePoolStatus } from '../../../api/parts/node-pool.ts';
import type { JsonObject } from '../../../base/json.ts';
import { l40s, pool } from '../../../render/node-pool/testing/pool.ts';
import type { ObservedCluster } from '../../observed.ts';
import { releasesOf } from '../../target/addons/testing/context.ts';
import { planOf } from '../../testing/plan.ts';

const WEB = { instanceType: 's1.large', minReplicas: 1 };
const ML = { instanceType: 'u1.xlarge', gpus: [{ name: 'nvidia.com/L40S' }] };
const GPU_RELEASES = ['gpu-operator', 'gpu-settings'];

/** A cluster with GPUs as it ran, with its group `ml` as given. */
function ran(ml: ObservedCluster['pools'][string] | undefined): ObservedCluster {
  const releases = releasesOf({}, { web: WEB, ml: ML });
  const web = { spec: pool(), status: { gpuNodes: false } };
  return { pools: { web, ...(ml ? { ml } : {}) }, addons: { spec: { cluster: 'shop', releases } } };
}
const group = (gpus: boolean, status?: NodePoolStatus, retire?: boolean) => ({
  spec: pool({ group: 'ml', ...(gpus ? { gpus: l40s } : {}), ...(retire ? { retire } : {}) }),
  ...(status ? { status } : {}),
});
const planned = (observed: ObservedCluster, nodeGroups: JsonObject, addons: JsonObject = {}) =>
  planOf({ nodeGroups, addons }, { observed });
const gpuReleases = (...given: Parameters<typeof planned>) =>
  Object.keys(planned(...given).children.addons?.releases ?? {})
    .filter(name => GPU_RELEASES.includes(name))
    .sort();

describe('the GPU operator stays while the last nodes with GPUs leave', () => {
  test.each<[string, ObservedCluster['pools'][string] | undefined, string[]]>([
    ['the group is retiring', group(true, { composed: 4 }, true), GPU_RELEASES],
    ['the group has just been taken out', group(true, { gpuNodes: true }), GPU_RELEASES],
    ['the group is gone', undefined, []],
  ])('a removed group: %s', (_, ml, releases) => {
    expect(gpuReleases(ran(ml), { web: WEB })).toEqual(releases);
  });

  test.each<[string, ObservedCluster['pools'][string], string[]]>([
    ['not yet told to the group', group(true, { gpuNodes: true }), GPU_RELEASES],
    ['old nodes still stand', group(false, { gpuNodes: true }), GPU_RELEASES],
    ['the status is lost', group(false), GPU_RELEASES],
    ['a status from before this was reported', group(false, { desired: 1 }), GPU_RELEASES],
    ['all are replaced', group(false, { gpuNodes: false }), []],
  ])('a group whose GPUs were taken out: %s', (_, ml, releases) => {
    expect(gpuReleases(ran(ml), { web: WEB, ml: { instanceType: 'u1.xlarge' } })).toEqual(releases);
  });

  test('it stays as it was, so that nothing is rolled on the way out', () => {
    const observed = ran(group(true, { composed: 4 }, true));
    const { children, pending } = planned(observed, { web: WEB });
    expect(pending).toContainEqual(expect.objectContaining({ code: 'NodesDraining', part: 'addons' }));
    expect(children.addons?.releases['gpu-operator']).toEqual(observed.addons?.spec.releases['gpu-operator']);
  });

  test('one that is switched off by name goes at once', () => {
    expect(gpuReleases(ran(group(true)), { web: WEB }, { gpuOperator: { enabled: false } })).toEqual([]);
  });

  test('a cluster that never had it gets none', () => {
    expect(gpuReleases({ pools: { web: { spec: pool() } } }, { web: WEB })).toEqual([]);
  });
});
