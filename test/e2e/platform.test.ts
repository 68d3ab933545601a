import { isDeepStrictEqual } from 'node:util';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Removable } from '../../src/api/platform.ts';
import type { Kube } from '../region/kube.ts';
import type { GVK } from '../region/kube-types.ts';
import { setPlatformCatalogue } from './support/catalogue.ts';
import { text } from './support/read.ts';
import { admin } from './support/region.ts';
import { until } from './support/wait.ts';

const PLATFORM: GVK = 'hikube.cloud/v1alpha1/HikubePlatform';
const CLASS: GVK = 'storage.k8s.io/v1/StorageClass';

describe('an entry that leaves the catalogue', () => {
  let kube: Kube;
  const classOf = () => kube.get(CLASS, 'passing');
  const keeps = async (kept: Removable) =>
    isDeepStrictEqual((await kube.get(PLATFORM, 'default'))?.status?.kept ?? {}, kept);

  beforeAll(async () => {
    kube = admin();
    await setPlatformCatalogue(kube, {
      storageClasses: { passing: { replication: 'none', copies: 1 } },
      instanceTypes: { 'x1.passing': { cpu: 1, memory: '1Gi' } },
    });
    await until('the entries to be rendered', classOf);
  });
  afterAll(async () => {
    await setPlatformCatalogue(kube);
    await kube.mergePatch(PLATFORM, 'default', undefined, { spec: { remove: null } });
    await kube.close();
  });

  test('leaves its object as it is, until the platform object names it', async () => {
    const before = await classOf();
    await setPlatformCatalogue(kube);
    await until('the status to say what is kept', () =>
      keeps({ storageClasses: ['passing'], instanceTypes: ['x1.passing'] }),
    );
    const after = await classOf();
    expect(after?.metadata.uid).toBe(before?.metadata.uid);
    expect(after?.parameters).toEqual(before?.parameters);

    await kube.mergePatch(PLATFORM, 'default', undefined, { spec: { remove: { storageClasses: ['passing'] } } });
    await until('the class to go', async () => !(await classOf()));
    await until('the other to be kept', () => keeps({ instanceTypes: ['x1.passing'] }));
    const remove = { storageClasses: ['passing'], instanceTypes: ['x1.passing'] };
    await kube.mergePatch(PLATFORM, 'default', undefined, { spec: { remove } });
    await until('nothing to be kept any more', () => keeps({}), {
      explain: async () => text(await kube.get(PLATFORM, 'default'), 'status', 'message') ?? '',
    });
  });
});
