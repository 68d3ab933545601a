import { expect, test } from 'vitest';
import { type JsonObject, objectAt } from '../../base/json.ts';
import type { KubeObject } from '../../base/object.ts';
import { compose, keys, SPEC, standing, WEB } from './testing/standing.ts';

const WITHOUT: JsonObject = { ...SPEC, nodeGroups: { web: WEB } };
const releases = (observed: ReadonlyMap<string, KubeObject>) =>
  keys(new Map(Object.entries(objectAt(compose(WITHOUT, observed).desired.get('addons')?.object, 'spec', 'releases'))));

function withStatus(observed: Map<string, KubeObject>, name: string, status: JsonObject): void {
  const object = observed.get(name);
  if (object) observed.set(name, { ...object, status });
}

test('the GPU operator outlives the last group with GPUs, from the edit until nothing of the group is seen', () => {
  const observed = standing(SPEC);
  withStatus(observed, 'pool-web', { gpuNodes: false });
  expect(releases(observed)).toContain('gpu-operator');

  const retiring = compose(WITHOUT, observed).desired;
  const leaving = retiring.get('pool-ml')?.object;
  const addons = retiring.get('addons')?.object;
  if (!leaving || !addons) throw new Error('a part was dropped at once');
  observed.set('pool-ml', { ...leaving, status: { composed: 3 } });
  observed.set('addons', addons);
  expect(releases(observed)).toContain('gpu-operator');

  observed.delete('pool-ml');
  expect(releases(observed)).not.toContain('gpu-operator');
  expect(releases(observed)).not.toContain('gpu-settings');
});
