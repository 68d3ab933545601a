import { expect, test } from 'vitest';
import { at } from '../../base/json.ts';
import { hikubeCatalog } from '../../catalog/index.ts';
import { seen } from '../testing/seen.ts';
import { compose, condition, SPEC, STATUS, specs, standing, WEB } from './testing/standing.ts';

test('H49 groups that are upgraded in the same round keep their bounds', () => {
  const patch = hikubeCatalog.versions['v1.35']?.patch;
  const ready = standing(SPEC);
  const reached = new Map(ready).set('control-plane', {
    ...seen(ready, 'control-plane'),
    status: { ...STATUS.HikubeControlPlane, version: patch },
  });
  const before = specs(compose(SPEC, ready).desired);
  const after = specs(compose({ ...SPEC, version: 'v1.35' }, reached).desired);
  for (const pool of ['pool-web', 'pool-ml']) {
    expect(at(after[pool], 'version')).toBe(patch);
    expect(at(before[pool], 'version')).not.toBe(patch);
    expect(at(after[pool], 'zones')).toEqual(at(before[pool], 'zones'));
  }
});

test('H89 another storage class for a living cluster is refused, and the cluster keeps its own', () => {
  const ready = standing(SPEC);
  const output = compose({ ...SPEC, storageClass: 'local', nodeGroups: { web: WEB } }, ready);
  expect(condition(output, 'Accepted')).toMatchObject({ status: 'False', reason: 'StorageClassChanged' });
  expect(at(output.desired.get('control-plane')?.object, 'spec', 'defaultStorageClass')).toBe('replicated');
  expect([...output.desired.keys()].toSorted()).toEqual([...ready.keys()].toSorted());
});
