import { expect, test } from 'vitest';
import type { AddonsSpec } from '../../api/parts/addons.ts';
import { at } from '../../base/json.ts';
import { renderAddons } from './index.ts';

const id = { namespace: 'acme', name: 'shop' };
const source = {
  kind: 'OCIRepository',
  name: 'cilium',
  namespace: 'hikube-system',
  chart: 'cilium',
  version: '1.19.5',
} as const;
const release = { source, namespace: 'kube-system', dependsOn: [], essential: true, values: {} };

function rendered(releases: AddonsSpec['releases'], addon: string) {
  const object = renderAddons(id, { cluster: 'shop', releases }).get(addon);
  if (!object) throw new Error(`${addon} is not rendered`);
  return object;
}

test('a release is named after claim and add-on on the platform and after the add-on in the cluster', () => {
  const object = rendered({ cilium: release }, 'cilium');
  expect(object.metadata).toMatchObject({ name: 'shop-cilium', namespace: 'acme' });
  expect(object.spec).toMatchObject({
    releaseName: 'cilium',
    targetNamespace: 'kube-system',
    storageNamespace: 'kube-system',
  });
});

test('it reaches the cluster by the kubeconfig our own consumers read', () => {
  expect(at(rendered({ cilium: release }, 'cilium'), 'spec', 'kubeConfig')).toEqual({
    secretRef: { name: 'shop-kubeconfig', key: 'value' },
  });
});

test('charts of an OCI repository are referred to, charts of a Helm repository are asked for by version', () => {
  const oci = rendered({ cilium: release }, 'cilium').spec;
  expect(oci).toMatchObject({ chartRef: { kind: 'OCIRepository', name: 'cilium', namespace: 'hikube-system' } });
  expect(oci).not.toHaveProperty('chart');
  const helm = rendered({ cilium: { ...release, source: { ...source, kind: 'HelmRepository' } } }, 'cilium').spec;
  expect(helm).not.toHaveProperty('chartRef');
  expect(helm).toMatchObject({
    chart: { spec: { chart: 'cilium', version: '1.19.5', sourceRef: { kind: 'HelmRepository', name: 'cilium' } } },
  });
});

test('it waits only for releases that are there', () => {
  const csi = { ...release, dependsOn: ['cilium', 'gateway-api'] };
  expect(at(rendered({ cilium: release, csi }, 'csi'), 'spec', 'dependsOn')).toEqual([{ name: 'shop-cilium' }]);
  expect(at(rendered({ csi }, 'csi'), 'spec', 'dependsOn')).toBeUndefined();
});

test('a failed attempt is repeated, never undone first', () => {
  const spec = rendered({ cilium: release }, 'cilium').spec;
  for (const action of ['install', 'upgrade']) {
    expect(at(spec, action, 'strategy', 'name')).toBe('RetryOnFailure');
    expect(at(spec, action, 'remediation')).toBeUndefined();
  }
});

test('Flux waits for what a release installs, unless others bring it to life', () => {
  const waits = (wait?: boolean) =>
    at(rendered({ a: { ...release, ...(wait === undefined ? {} : { wait }) } }, 'a'), 'spec', 'install', 'disableWait');
  expect(waits()).toBeUndefined();
  expect(waits(true)).toBeUndefined();
  expect(waits(false)).toBe(true);
});

test('what somebody changes by hand in the cluster is put right', () => {
  expect(at(rendered({ cilium: release }, 'cilium'), 'spec', 'driftDetection', 'mode')).toBe('enabled');
});

test('how many Pods a Deployment has is left to whoever scales it', () => {
  expect(at(rendered({ cilium: release }, 'cilium'), 'spec', 'driftDetection', 'ignore')).toEqual([
    { paths: ['/spec/replicas'], target: { kind: 'Deployment' } },
    { paths: ['/spec/replicas'], target: { kind: 'StatefulSet' } },
  ]);
});
