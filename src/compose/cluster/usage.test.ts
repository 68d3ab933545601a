import { describe, expect, test } from 'vitest';
import { at, stringAt } from '../../base/json.ts';
import { compose, composite, observe, SPEC, standing } from './testing/standing.ts';

const PART = 'usage-namespace';
const namespace = stringAt(composite(SPEC), 'spec', 'claimRef', 'namespace');

describe('the namespace of a cluster', () => {
  test('can go while there is no DataStore, and is held from the round that makes it', () => {
    const first = compose(SPEC);
    expect(first.desired.has(PART)).toBe(false);
    const second = compose(SPEC, observe(first.desired));
    expect(second.desired.has('datastore')).toBe(true);
    expect(at(second.desired.get(PART)?.object, 'spec')).toMatchObject({
      replayDeletion: false,
      of: { kind: 'Namespace', resourceRef: { name: namespace } },
      by: {
        kind: 'DataStore',
        resourceRef: { name: second.desired.get('datastore')?.object.metadata.name },
      },
    });
  });

  test('of a cluster made before it was held is held at once, even while etcd is not ready', () => {
    const older = standing(SPEC);
    older.delete(PART);
    const etcd = older.get('etcd');
    if (etcd) older.set('etcd', { ...etcd, status: {} });
    expect(compose(SPEC, older).desired.has(PART)).toBe(true);
  });

  test('stays held when the claim is refused', () => {
    expect(compose({ ...SPEC, version: 'v1.99' }, standing(SPEC)).desired.has(PART)).toBe(true);
  });

  test('is told by the name of the claim to delete first', () => {
    const reason = stringAt(compose(SPEC, standing(SPEC)).desired.get(PART)?.object, 'spec', 'reason');
    expect(reason).toContain(`HikubeCluster ${stringAt(composite(SPEC), 'spec', 'claimRef', 'name')} first`);
  });
});
