import { expect, test } from 'vitest';
import { fingerprint } from '../base/fingerprint.ts';
import { at } from '../base/json.ts';
import type { KubeObject } from '../base/object.ts';
import { hikubeCatalog } from '../catalog/index.ts';
import { releasesOf } from '../plan/target/addons/testing/context.ts';
import { withReadyStatus } from '../readiness/index.ts';
import { composers } from './index.ts';

function compose(spec: object, observed: ReadonlyMap<string, KubeObject> = new Map()) {
  const composite: KubeObject = {
    apiVersion: 'hikube.cloud/v1alpha1',
    kind: 'HikubeAddons',
    metadata: { name: 'shop-addons-1', namespace: 'acme' },
    spec: { ...spec },
  };
  return composers.HikubeAddons({ composite, observed, required: new Map(), catalog: hikubeCatalog, now: new Date(0) });
}

const spec = { cluster: 'shop', releases: releasesOf({ certManager: { enabled: true } }) };

test('each release reports its state, and the part says what it waits for', () => {
  const { status, desired } = compose(spec);
  expect(desired.size).toBe(6);
  expect(status.releases).toMatchObject({ cilium: { state: 'Progressing', message: 'being created' } });
  expect(status.message).toBe('being created');
});

test('when Flux has installed everything nothing is waited for and versions are known', () => {
  const observed = new Map(
    [...compose(spec).desired].map(([name, { object }]) => {
      const ready = withReadyStatus(object);
      return [
        name,
        { ...ready, status: { conditions: [{ type: 'Ready', status: 'True' }], history: [{ chartVersion: '1.2.3' }] } },
      ];
    }),
  );
  const { status, desired } = compose(spec, observed);
  expect(status.message).toBeUndefined();
  expect(status.releases).toMatchObject({ issuers: { state: 'Ready', version: '1.2.3' } });
  expect([...desired.values()].every(({ ready }) => ready)).toBe(true);
});

test('a failing release is told first, with Flux’s own words', () => {
  const [first] = compose(spec).desired.values();
  if (!first) throw new Error('nothing rendered');
  const failing = {
    ...first.object,
    status: {
      conditions: [{ type: 'Ready', status: 'False', reason: 'InstallFailed', message: 'no matches for kind' }],
    },
  };
  const { status } = compose(spec, new Map([['metrics-server', failing]]));
  expect(status.releases).toMatchObject({ 'metrics-server': { state: 'Failed', message: 'no matches for kind' } });
  expect(String(status.message)).toMatch(/^release .*no matches for kind/);
});

test('a release that is no longer wanted is told until it is gone, and so is one that is being deleted', () => {
  const objects = new Map([...compose(spec).desired].map(([name, { object }]) => [name, withReadyStatus(object)]));
  const [csi, other] = [objects.get('csi'), objects.get('metrics-server')];
  if (!csi || !other) throw new Error('nothing rendered');
  objects.set('velero', other);
  objects.set('csi', { ...csi, metadata: { ...csi.metadata, deletionTimestamp: '2026-11-25T00:00:00Z' } });
  const { status } = compose(spec, objects);
  expect(status.releases).toMatchObject({
    velero: { state: 'Removing' },
    csi: { state: 'Removing' },
    cilium: { state: 'Ready' },
  });
  objects.delete('velero');
  expect(compose(spec, objects).status.releases).not.toHaveProperty('velero');
});

test('while the ingress engine changes, a release is judged together with the values it has, not those it is to get', () => {
  const releases = releasesOf({ ingressNginx: { enabled: true, engine: 'traefik' } });
  const changing = {
    cluster: 'shop',
    releases,
    ingress: { service: 'front', serving: { slot: 'main', turn: 0 }, turn: 0 },
  };
  const objects = new Map([...compose(changing).desired].map(([name, { object }]) => [name, withReadyStatus(object)]));
  const valuesOf = (wanted: object) => at(compose(wanted, objects).status, 'releases', 'ingress-traefik', 'values');
  expect(valuesOf(changing)).toBe(fingerprint(releases['ingress-traefik']?.values));
  const next = {
    ...changing,
    releases: { ...releases, 'ingress-traefik': { ...releases.ingress, values: { other: 1 } } },
  };
  expect(valuesOf(next)).toBe(valuesOf(changing));
});

test('a retiring part leaves every release out', () => {
  expect(compose({ ...spec, retire: true }).desired.size).toBe(0);
});
