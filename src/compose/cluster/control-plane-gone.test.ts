import { expect, test } from 'vitest';
import { at, type JsonObject } from '../../base/json.ts';
import { hikubeCatalog } from '../../catalog/index.ts';
import { compose, condition, SPEC, standing } from './testing/standing.ts';

const { version: _, ...unversioned } = SPEC;
const patchOf = (minor: string) => hikubeCatalog.versions[minor]?.patch;

/** A running cluster of v1.34 without its control plane: deleted by hand, or not restored yet. */
const gone = standing(SPEC);
gone.delete('control-plane');

const answer = (spec: JsonObject) => {
  const output = compose(spec, gone);
  return [condition(output, 'Accepted')?.reason, at(output.desired.get('control-plane')?.object, 'spec', 'version')];
};

test('a control plane that is gone comes back as the minor its nodes run, whatever new clusters get', () => {
  expect(hikubeCatalog.defaultVersion).not.toBe('v1.34');
  expect(answer(unversioned)).toEqual(['Accepted', patchOf('v1.34')]);
  expect(answer({ ...SPEC, version: 'v1.35' })).toEqual(['Accepted', patchOf('v1.35')]);
});

test('a control plane that is gone skips no minor and goes back none', () => {
  expect(answer({ ...SPEC, version: 'v1.36' })).toEqual(['VersionSkipped', undefined]);
  expect(answer({ ...SPEC, version: 'v1.33' })).toEqual(['VersionDowngrade', undefined]);
});
