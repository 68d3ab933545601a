import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type JsonObject, objectAt } from '../base/json.ts';
import type { KubeObject } from '../base/object.ts';
import { hikubeCatalog } from '../catalog/index.ts';
import type { Catalog } from '../catalog/schema.ts';
import { withReadyStatus } from '../readiness/index.ts';
import { composers } from './index.ts';

type Observed = ReadonlyMap<string, KubeObject>;

function compose(catalog: Catalog, spec: JsonObject = {}, observed: Observed = new Map()) {
  const composite = {
    apiVersion: 'hikube.cloud/v1alpha1',
    kind: 'HikubePlatform',
    metadata: { name: 'default' },
    spec,
  };
  return composers.HikubePlatform({ composite, observed, required: new Map(), catalog, now: new Date(0) });
}

/** What stands after a catalogue and a spec have been in force. */
function standing(catalog: Catalog, spec: JsonObject = {}): Map<string, KubeObject> {
  const namespace = { apiVersion: 'v1', kind: 'Namespace', metadata: { name: catalog.chartNamespace } };
  const { desired } = compose(catalog, spec, new Map([['namespace', namespace]]));
  return new Map(
    [...desired].map(([name, { object }]) => [
      name,
      {
        ...object,
        metadata: {
          ...object.metadata,
          uid: name,
          labels: { ...object.metadata.labels, 'crossplane.io/composite': 'default' },
          annotations: { 'crossplane.io/composition-resource-name': name },
        },
        status: { seen: true },
      },
    ]),
  );
}

function unlabelled({ metadata: { labels: _, ...metadata }, ...object }: KubeObject): KubeObject {
  return { ...object, metadata };
}

/** Hikube's catalogue without some of its entries. */
function without(keep: (name: string) => boolean): Catalog {
  const kept = <Entry>(entries: Record<string, Entry>): Record<string, Entry> =>
    Object.fromEntries(Object.entries(entries).filter(([name]) => keep(name)));
  const { instanceTypes, storageClasses } = hikubeCatalog;
  return { ...hikubeCatalog, instanceTypes: kept(instanceTypes), storageClasses: kept(storageClasses) };
}

describe('what left the catalogue', () => {
  const smaller = without(name => name !== 's1.small' && name !== 'replicated-async');
  const before = standing(hikubeCatalog);

  test('moves with the others when instance types are written in another version of their API', () => {
    const kubevirt = { instancetypeApi: 'v1' } as const;
    const { desired } = compose({ ...smaller, platform: { ...smaller.platform, kubevirt } }, {}, before);
    const versions = [...desired.values()]
      .filter(({ object }) => object.kind === 'VirtualMachineClusterInstancetype')
      .map(({ object }) => object.apiVersion);
    expect(versions).toHaveLength(Object.keys(hikubeCatalog.instanceTypes).length);
    expect(new Set(versions)).toEqual(new Set(['instancetype.kubevirt.io/v1']));
  });

  test('stays as it is, without what others wrote into it, and the status says so', () => {
    const { desired, status } = compose(smaller, {}, before);
    for (const part of ['instance-type-s1.small', 'storage-class-replicated-async']) {
      const { status: _, metadata, ...rest } = before.get(part) ?? expect.unreachable(part);
      const labels = { 'hikube.cloud/part-of': 'platform' };
      expect(desired.get(part)).toEqual({
        object: { ...rest, metadata: { name: metadata.name, labels } },
        ready: true,
      });
    }
    expect(status.kept).toEqual({ storageClasses: ['replicated-async'], instanceTypes: ['s1.small'] });
  });

  test('goes when the platform object names it, and nothing else does', () => {
    const spec = { remove: { instanceTypes: ['s1.small'] } };
    const { desired, status } = compose(smaller, spec, before);
    expect(desired.has('instance-type-s1.small')).toBe(false);
    expect([...desired.keys()]).toHaveLength(before.size - 1);
    expect(status.kept).toEqual({ storageClasses: ['replicated-async'] });
  });

  test('is not removed by name while it is offered: the status says why', () => {
    const { desired, status } = compose(hikubeCatalog, { remove: { instanceTypes: ['s1.small'] } }, before);
    expect(desired.has('instance-type-s1.small')).toBe(true);
    expect(status.kept).toBeUndefined();
    const classes = new Map([...before].map(([name, object]) => [name, withReadyStatus(object)]));
    const settled = compose(hikubeCatalog, { remove: { instanceTypes: ['s1.small'] } }, classes);
    expect(settled.status.message).toBe(
      'spec.remove.instanceTypes: s1.small stays, because the catalogue still offers it',
    );
    expect(settled.recheckAfterSeconds).toBeUndefined();
  });

  test('stays behind a switch that is turned off as well', () => {
    const spec = { storageClasses: false, instanceTypes: false, chartSources: false };
    const { desired, status } = compose(hikubeCatalog, spec, before);
    expect([...desired.keys()].sort()).toEqual([...before.keys()].sort());
    expect(Object.keys(objectAt(status, 'kept'))).toEqual(['storageClasses', 'instanceTypes', 'chartSources']);
  });

  test('is known by its name where an older function gave it no label, and gets one', () => {
    const old = new Map([...before].map(([part, object]) => [part, unlabelled(object)]));
    const { desired } = compose(smaller, {}, old);
    expect([...desired.keys()].sort()).toEqual([...before.keys()].sort());
    for (const { object } of desired.values()) {
      expect(object.metadata.labels).toEqual({ 'hikube.cloud/part-of': 'platform' });
    }
  });

  test('is not what another function of the pipeline composed: that stays as long as its own function wants it', () => {
    const theirs = { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'theirs', labels: { app: 'theirs' } } };
    const { desired, status } = compose(smaller, {}, new Map(before).set('theirs', theirs));
    expect(desired.has('theirs')).toBe(false);
    expect([...desired.keys()].sort()).toEqual([...before.keys()].sort());
    expect(status.kept).toEqual({ storageClasses: ['replicated-async'], instanceTypes: ['s1.small'] });
  });

  test('stays while the namespace is not seen for one round', () => {
    const round = new Map(before);
    round.delete('namespace');
    expect(compose(hikubeCatalog, {}, round).desired.size).toBe(before.size);
  });
});

test('whatever changes in catalogue and switches, only what is named and no longer rendered leaves', () => {
  const names = [...Object.keys(hikubeCatalog.instanceTypes), ...Object.keys(hikubeCatalog.storageClasses)];
  const some = fc.subarray(names).map(listed => new Set(listed));
  const switches = fc.record({
    storageClasses: fc.boolean(),
    instanceTypes: fc.boolean(),
    chartSources: fc.boolean(),
  });
  const remove = fc.record({
    storageClasses: fc.subarray(Object.keys(hikubeCatalog.storageClasses)),
    instanceTypes: fc.subarray(Object.keys(hikubeCatalog.instanceTypes)),
  });
  fc.assert(
    fc.property(some, switches, some, switches, remove, (first, was, second, is, leaving) => {
      const before = standing(
        without(name => first.has(name)),
        was,
      );
      const catalog = without(name => second.has(name));
      const wanted = standing(catalog, is);
      const { desired } = compose(catalog, { ...is, remove: leaving }, before);
      const gone = [...before.keys()].filter(part => !desired.has(part));
      const named = [
        ...leaving.storageClasses.map(name => `storage-class-${name}`),
        ...leaving.instanceTypes.map(name => `instance-type-${name}`),
      ];
      expect(gone.sort()).toEqual(named.filter(part => before.has(part) && !wanted.has(part)).sort());
    }),
  );
});
