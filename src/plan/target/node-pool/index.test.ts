import { describe, expect, test } from 'vitest';
import { hikubeCatalog } from '../../../catalog/index.ts';
import { plannedGroup } from '../testing/target.ts';

const plan = plannedGroup;
const codes = (asked: object) => plan(asked).problems.map(({ code, path }) => `${code} ${path}`);

describe('planNodePool', () => {
  test('an instance type gives vCPU and memory and is named', () => {
    expect(plan({}).spec?.machine).toEqual({ instanceType: 's1.large', cpu: 4, memory: '8Gi' });
  });

  test.each(Object.entries(hikubeCatalog.instanceTypes))('H11 H44 %s is accepted', (instanceType, type) => {
    expect(plan({ instanceType }).spec?.machine).toMatchObject(type);
  });

  test('H40 resources override the instance type, which is then not named', () => {
    expect(plan({ instanceType: 'm1.xlarge', resources: { cpu: '6', memory: '48Gi' } }).spec?.machine).toEqual({
      cpu: 6,
      memory: '48Gi',
    });
    expect(plan({ resources: { memory: '16Gi' } }).spec?.machine).toEqual({ cpu: 4, memory: '16Gi' });
  });

  test('empty resources mean the instance type', () => {
    expect(plan({ resources: { cpu: '', memory: '' } }).spec?.machine.instanceType).toBe('s1.large');
  });

  test.each(['m5.large', 'g1.2xlarge', 'u1.small', 'm1.medium', 's1.lrge'])(
    'H43 %s is refused with the valid list',
    instanceType => {
      const [problem] = plan({ instanceType }).problems;
      expect(problem).toMatchObject({ code: 'UnknownInstanceType', path: 'spec.nodeGroups.web.instanceType' });
      for (const type of Object.keys(hikubeCatalog.instanceTypes)) expect(problem?.remedy).toContain(type);
    },
  );

  test.each(['nvidia.com/AD102GL_L40S', 'nvidia.com/L40S'])('H14 %s gives the canonical device', name => {
    expect(plan({ gpus: [{ name }, { name }] }).spec?.gpus).toEqual({
      model: 'L40S',
      devices: ['nvidia.com/AD102GL_L40S', 'nvidia.com/AD102GL_L40S'],
    });
  });

  test('a GPU model that only some zones have puts the group there', () => {
    const gpus = hikubeCatalog.gpus.map(gpu => (gpu.model === 'H100' ? { ...gpu, zones: ['gland'] } : gpu));
    const planned = plan(
      { minReplicas: 1, maxReplicas: 4, gpus: [{ name: 'nvidia.com/H100' }] },
      { catalog: { ...hikubeCatalog, gpus } },
    );
    expect(planned.spec?.zones).toEqual({ gland: { min: 1, max: 4 } });
  });

  test.each([
    [{ gpus: [{ name: 'nvidia.com/B200' }] }, 'UnknownGpu spec.nodeGroups.web.gpus[0].name'],
    [{ gpus: [{ name: 'nvidia.com/L40S' }, { name: 'nvidia.com/A100' }] }, 'MixedGpus spec.nodeGroups.web.gpus'],
    [{ zones: ['mars'] }, 'UnknownZone spec.nodeGroups.web.zones[0]'],
    [{ storageClass: 'fast-ssd' }, 'UnknownStorageClass spec.nodeGroups.web.storageClass'],
    [{ ephemeralStorage: '10Mi' }, 'InvalidSize spec.nodeGroups.web.ephemeralStorage'],
    [{ resources: { cpu: '500m' } }, 'InvalidSize spec.nodeGroups.web.resources.cpu'],
    [{ resources: { memory: '512Mi' } }, 'InvalidSize spec.nodeGroups.web.resources.memory'],
    [
      { labels: { 'node-role.kubernetes.io/web': '' } },
      'ReservedLabel spec.nodeGroups.web.labels.node-role.kubernetes.io/web',
    ],
    [{ labels: { 'gpu-type': 'x' } }, 'ReservedLabel spec.nodeGroups.web.labels.gpu-type'],
    [{ labels: { '-bad': 'x' } }, 'InvalidField spec.nodeGroups.web.labels.-bad'],
  ])('%j is refused', (asked, expected) => expect(codes(asked)).toEqual([expected]));

  test('labels a kubelet may set are accepted', () => {
    expect(codes({ labels: { team: 'web', 'example.com/tier': 'front', 'node.kubernetes.io/pool': 'a' } })).toEqual([]);
  });

  test.each(['50Gi', { size: '50Gi' }])('ephemeralStorage %j is a disk of 50Gi', ephemeralStorage => {
    expect(plan({ ephemeralStorage }).spec?.disk).toEqual({ size: '50Gi', storageClass: 'replicated' });
  });

  test('H16 a class of the group is used for its disks, empty means the class of the cluster', () => {
    expect(plan({ storageClass: 'local' }).spec?.disk.storageClass).toBe('local');
    expect(plan({ storageClass: '' }).spec?.disk.storageClass).toBe('replicated');
  });

  test('what left the catalogue keeps its last resolved values', () => {
    const gpus = [{ name: 'nvidia.com/AD102GL_L40S' }];
    const { spec } = plan({ gpus });
    const without = { ...hikubeCatalog, instanceTypes: {}, gpus: [] };
    const again = plan({ gpus }, { catalog: without, accepted: spec });
    expect(again.problems).toEqual([]);
    expect(again.spec).toEqual(spec);
    expect(again.warnings.map(({ code }) => code)).toContain('NotInCatalogue');
  });

  test('a new group of a minor that is gone has no image, and says so', () => {
    const { 'v1.34': _, ...versions } = hikubeCatalog.versions;
    const refused = plan({}, { catalog: { ...hikubeCatalog, versions } });
    expect(refused.problems).toMatchObject([{ code: 'UnknownVersion', path: 'spec.nodeGroups.web' }]);
    expect(refused.spec).toBeUndefined();
  });

  test('the epoch of a group that stands is kept', () => {
    const { spec } = plan({});
    expect(plan({}, { accepted: spec && { ...spec, epoch: 4 } }).spec?.epoch).toBe(4);
  });
});
