import { describe, expect, test } from 'vitest';
import { platformSpec } from '../api/platform.ts';
import { at, type JsonObject, objectAt } from '../base/json.ts';
import { hikubeCatalog } from '../catalog/index.ts';
import { hasRule } from '../readiness/index.ts';
import { renderPlatform } from '../render/platform/index.ts';
import { composePlatform } from './platform.ts';

const namespace = { apiVersion: 'v1', kind: 'Namespace', metadata: { name: hikubeCatalog.chartNamespace } };
const compose = (spec: JsonObject = {}, observed = new Map([['namespace', namespace]])) =>
  composePlatform({
    composite: {
      apiVersion: 'hikube.cloud/v1alpha1',
      kind: 'HikubePlatform',
      metadata: { name: 'default' },
      spec,
    },
    observed,
    required: new Map(),
    catalog: hikubeCatalog,
    now: new Date(0),
  }).desired;
const parameters = (name: string) => objectAt(compose().get(`storage-class-${name}`)?.object, 'parameters');

describe('composePlatform', () => {
  test('nothing is put into a namespace that is not seen yet', () => {
    const placed = [...compose({}, new Map()).values()].filter(({ object }) => object.metadata.namespace);
    expect(placed).toEqual([]);
  });

  test('one composite stays below 40 objects', () => expect(compose().size).toBeLessThanOrEqual(40));

  test('H08 replicated keeps three copies, one per zone', () => {
    expect(parameters('replicated')).toMatchObject({
      'linstor.csi.linbit.com/placementCount': '3',
      'linstor.csi.linbit.com/replicasOnDifferent': 'topology.kubernetes.io/zone',
      'property.linstor.csi.linbit.com/DrbdOptions/Net/protocol': 'C',
    });
    expect(parameters('replicated-async')).toMatchObject({
      'property.linstor.csi.linbit.com/DrbdOptions/Net/protocol': 'A',
    });
  });

  test('H04 local keeps one copy that other nodes still reach', () => {
    expect(parameters('local')).toMatchObject({
      'linstor.csi.linbit.com/placementCount': '1',
      'linstor.csi.linbit.com/allowRemoteVolumeAccess': 'true',
    });
  });

  test('every machine size of the catalogue is an instance type', () => {
    expect(at(compose().get('instance-type-s1.3large')?.object, 'spec')).toEqual({
      cpu: { guest: 12 },
      memory: { guest: '24Gi' },
    });
    expect([...compose().keys()].filter(name => name.startsWith('instance-type-'))).toHaveLength(20);
  });

  test('instance types are written in the version the platform serves, under the same names', () => {
    const { platform } = hikubeCatalog;
    const written = (instancetypeApi: 'v1' | 'v1beta1') =>
      renderPlatform(platformSpec.parse({}), {
        ...hikubeCatalog,
        platform: { ...platform, kubevirt: { instancetypeApi } },
      });
    const [older, newer] = [written('v1beta1'), written('v1')];
    expect([...newer.keys()]).toEqual([...older.keys()]);
    expect(newer.get('instance-type-s1.large')).toEqual({
      ...older.get('instance-type-s1.large'),
      apiVersion: 'instancetype.kubevirt.io/v1',
    });
    expect(older.get('instance-type-s1.large')?.apiVersion).toBe('instancetype.kubevirt.io/v1beta1');
    for (const object of [...older.values(), ...newer.values()]) expect(hasRule(object)).toBe(true);
  });

  test('mirrors replace the longest matching prefix', () => {
    const mirrors = { 'oci://quay.io': 'oci://mirror/a', 'oci://quay.io/cilium': 'oci://mirror/b' };
    expect(at(compose({ mirrors }).get('chart-cilium')?.object, 'spec', 'url')).toBe('oci://mirror/b/charts/cilium');
    expect(at(compose({ mirrors }).get('chart-cert-manager')?.object, 'spec', 'url')).toBe(
      'oci://mirror/a/jetstack/charts/cert-manager',
    );
  });

  test('switches leave a whole group of objects to the platform team', () => {
    const left = [...compose({ storageClasses: false, instanceTypes: false }).keys()];
    expect(left.every(name => name === 'namespace' || name.startsWith('chart-'))).toBe(true);
  });
});
