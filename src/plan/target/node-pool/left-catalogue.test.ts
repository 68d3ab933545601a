import { describe, expect, test } from 'vitest';
import type { NodePoolSpec } from '../../../api/parts/node-pool.ts';
import { type Catalog, hikubeCatalog } from '../../../catalog/index.ts';
import { plannedGroup } from '../testing/target.ts';

const L40S = 'nvidia.com/AD102GL_L40S';

const plan = (asked: object, catalog: Catalog, accepted?: NodePoolSpec) => plannedGroup(asked, { catalog, accepted });

const { 's1.large': _, ...otherTypes } = hikubeCatalog.instanceTypes;
const noType: Catalog = { ...hikubeCatalog, instanceTypes: otherTypes };
const noGpu: Catalog = { ...hikubeCatalog, gpus: hikubeCatalog.gpus.filter(gpu => gpu.model !== 'L40S') };
const narrowed: Catalog = {
  ...hikubeCatalog,
  gpus: hikubeCatalog.gpus.map(gpu => (gpu.model === 'L40S' ? { ...gpu, zones: ['gland'] } : gpu)),
};
const { local: __, ...otherClasses } = hikubeCatalog.storageClasses;
const noClass: Catalog = { ...hikubeCatalog, storageClasses: otherClasses };

/** What was asked for before, what the catalogue is now, and the field the warning is about. */
const LEFT: [string, object, Catalog, string][] = [
  ['an instance type', {}, noType, 'instanceType'],
  ['the type behind an override of CPU', { resources: { cpu: '6' } }, noType, 'instanceType'],
  ['the type behind an override of memory', { resources: { memory: '48Gi' } }, noType, 'instanceType'],
  ['the type behind an override of both', { resources: { cpu: '6', memory: '48Gi' } }, noType, 'instanceType'],
  ['a GPU asked for by its device', { gpus: [{ name: L40S }] }, noGpu, 'gpus'],
  ['a GPU asked for by its alias', { gpus: [{ name: 'nvidia.com/L40S' }] }, noGpu, 'gpus'],
  ['a GPU asked for by both names', { gpus: [{ name: 'nvidia.com/L40S' }, { name: L40S }] }, noGpu, 'gpus'],
  ['a GPU in one of its zones', { gpus: [{ name: L40S }] }, narrowed, 'gpus'],
  ['a GPU in all zones of the group', { gpus: [{ name: L40S }], zones: ['geneva'] }, narrowed, 'gpus'],
  ['a class of disks', { storageClass: 'local' }, noClass, 'storageClass'],
];

describe.each(LEFT)('when %s leaves the catalogue', (_, asked, catalog, field) => {
  const { spec } = plan(asked, hikubeCatalog);

  test('the group keeps it, with a warning', () => {
    const again = plan(asked, catalog, spec);
    expect(again.problems).toEqual([]);
    expect(again.spec).toEqual(spec);
    expect(again.warnings).toContainEqual(
      expect.objectContaining({ code: 'NotInCatalogue', path: `spec.nodeGroups.web.${field}` }),
    );
  });

  test('other edits of the group go through', () => {
    const edited = plan({ ...asked, minReplicas: 3, labels: { team: 'web' } }, catalog, spec);
    expect(edited.problems).toEqual([]);
    expect(edited.spec).toMatchObject({ machine: spec?.machine, disk: spec?.disk, labels: { team: 'web' } });
    expect(edited.spec?.gpus).toEqual(spec?.gpus);
    expect(Object.keys(edited.spec?.zones ?? {})).toEqual(Object.keys(spec?.zones ?? {}));
  });

  test('a new group is refused or goes where there is some', () => {
    const fresh = plan(asked, catalog);
    if (fresh.problems.length === 0) expect(Object.keys(fresh.spec?.zones ?? {})).toEqual(['gland']);
  });
});

test('a misspelt type is refused, and so is another one than was let through', () => {
  const { spec } = plan({ resources: { cpu: '6' } }, hikubeCatalog);
  const other = plan({ instanceType: 's1.lrage', resources: { cpu: '6' } }, noType, spec);
  expect(other.problems).toMatchObject([{ code: 'UnknownInstanceType' }]);
});

test('more GPUs of a model that is gone are refused', () => {
  const { spec } = plan({ gpus: [{ name: L40S }] }, hikubeCatalog);
  const more = plan({ gpus: [{ name: L40S }, { name: L40S }] }, noGpu, spec);
  expect(more.problems.map(({ code }) => code)).toEqual(['UnknownGpu', 'UnknownGpu']);
});

test('what an older function let through without the names is known by what it was resolved to', () => {
  for (const asked of [{ resources: { cpu: '6' } }, { gpus: [{ name: 'nvidia.com/L40S' }] }]) {
    const { asked: _, ...older } = plan(asked, hikubeCatalog).spec ?? expect.unreachable('refused');
    const again = plan(asked, { ...noType, gpus: noGpu.gpus }, older);
    expect(again.problems).toEqual([]);
    expect(again.spec?.machine).toEqual(older.machine);
  }
});
