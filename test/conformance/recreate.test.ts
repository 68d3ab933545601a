import { afterAll, beforeAll, expect, it } from 'vitest';
import type { JsonObject } from '../../src/base/json.ts';
import { recreate } from '../../src/render/control-plane/recreate.ts';
import type { KubeObject } from '../region/kube-types.ts';
import { type BareCluster, startBareCluster } from './clusters.ts';

let cluster: BareCluster;
beforeAll(async () => {
  cluster = await startBareCluster();
});
afterAll(() => cluster.stop());

/** As Crossplane applies a composed object: server-side, with the same manager every time. */
async function apply(strategy?: JsonObject): Promise<KubeObject> {
  const labels = { app: 'csi' };
  const template = { metadata: { labels }, spec: { containers: [{ name: 'driver', image: 'example.com/driver:v1' }] } };
  return cluster.kube.apply({
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    metadata: { name: 'csi', namespace: 'default' },
    spec: { replicas: 0, ...(strategy && { strategy }), selector: { matchLabels: labels }, template },
  });
}

function strategyOf({ metadata, spec }: KubeObject): JsonObject {
  const rendered = { apiVersion: 'apps/v1', kind: 'Deployment', metadata: { name: metadata.name } };
  return recreate({ ...rendered, spec: JSON.parse(JSON.stringify(spec)) });
}

it('a Deployment made without a strategy comes to Recreate in two rounds, neither of which is refused', async () => {
  const old = await apply();
  await expect(apply({ type: 'Recreate' })).rejects.toThrow(/rollingUpdate: Forbidden/);
  const first = await apply(strategyOf(old));
  const second = await apply(strategyOf(first));
  expect(second.spec?.strategy).toEqual({ type: 'Recreate' });
  expect((await apply(strategyOf(second))).spec?.strategy).toEqual({ type: 'Recreate' });
});
