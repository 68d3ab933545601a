import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { JsonObject } from '../../src/base/json.ts';
import type { Kube } from '../region/kube.ts';
import type { GVK, KubeObject } from '../region/kube-types.ts';
import { at, list, object, text } from './support/read.ts';
import { admin } from './support/region.ts';
import { until, untilHolds } from './support/wait.ts';

const COMPOSITION: GVK = 'apiextensions.crossplane.io/v1/Composition';
const TYPE = (version: string): GVK => `instancetype.kubevirt.io/${version}/VirtualMachineClusterInstancetype`;
const SOURCE: GVK = 'source.toolkit.fluxcd.io/v1/OCIRepository';

const PLATFORM: GVK = 'hikube.cloud/v1alpha1/HikubePlatform';
const NAMESPACE = 'hikube-system';
const NEW = 'instancetype.kubevirt.io/v1';

describe("a platform's catalogue", () => {
  let kube: Kube;
  let before: KubeObject;

  beforeAll(async () => {
    kube = admin();
    before = (await kube.get(COMPOSITION, 'hikube-platform')) ?? expect.fail('no Composition');
  });
  afterAll(async () => {
    await kube.mergePatch(COMPOSITION, 'hikube-platform', undefined, {
      spec: { pipeline: at(before, 'spec', 'pipeline') },
    });
    // What has left the catalogue stays until the platform lets go of it.
    await remove({ chartSources: ['coredns-1-46-1'] });
    await until('the further source to be gone', async () => !(await kube.get(SOURCE, 'coredns-1-46-1', NAMESPACE)));
    await remove(null);
    await kube.close();
  });

  const remove = async (names: JsonObject | null) => {
    const [platform] = await kube.list(PLATFORM);
    if (platform) await kube.mergePatch(PLATFORM, platform.metadata.name, undefined, { spec: { remove: names } });
  };

  /** Lays something over the catalogue of the platform, as a platform team does. */
  const overlay = (more: object) => {
    const step = object(before, 'spec', 'pipeline', 0);
    const input = { ...object(step, 'input'), ...more };
    return kube.mergePatch(COMPOSITION, 'hikube-platform', undefined, { spec: { pipeline: [{ ...step, input }] } });
  };
  const references = async () => {
    const [platform] = await kube.list(PLATFORM);
    return [...list(platform, 'spec', 'resourceRefs'), ...list(platform, 'spec', 'crossplane', 'resourceRefs')];
  };

  test('moves its instance types to another version of their API without making one anew', async () => {
    const old = await kube.list(TYPE('v1beta1'));
    expect(old.length).toBeGreaterThanOrEqual(20);
    const identities = (types: KubeObject[]) => types.map(({ metadata }) => `${metadata.name} ${metadata.uid}`).sort();
    await overlay({ platform: { kubevirt: { instancetypeApi: 'v1' } } });
    await until('the references of the platform to name v1', async () => {
      const types = (await references()).filter(entry => text(entry, 'kind') === 'VirtualMachineClusterInstancetype');
      return types.length >= old.length && types.every(entry => text(entry, 'apiVersion') === NEW);
    });
    // The writer of before is not left behind as a second one, which would hold its fields for ever.
    const types = await untilHolds(
      'every instance type to be written as v1 alone',
      () => kube.list(TYPE('v1')),
      found => expect(found.map(appliedAs)).toEqual(found.map(() => [NEW])),
    );
    expect(identities(types)).toEqual(identities(old));
  });

  test('brings a source for a further version of an OCI chart, beside the one that is there', async () => {
    await overlay({
      charts: { coredns: { versions: [{ version: '1.46.1', kubernetes: { from: 'v1.30', to: 'v1.33' } }] } },
    });
    const further = await until('the further source to be fetched', async () => {
      const source = await kube.get(SOURCE, 'coredns-1-46-1', NAMESPACE);
      return conditionOf(source, 'Ready').status === 'True' && source;
    });
    expect(at(further, 'spec', 'ref')).toEqual({ tag: '1.46.1' });
    expect(at(await kube.get(SOURCE, 'coredns', NAMESPACE), 'spec', 'ref')).toEqual({ tag: '1.46.2' });
  });

  test('that is broken changes nothing and says where', async () => {
    const uids = async () => (await kube.list(TYPE('v1beta1'))).map(({ metadata }) => metadata.uid).sort();
    const types = await uids();
    await overlay({ network: { podCidr: '10.95.0.0/16' } });
    await until(
      'the platform to tell path and reason',
      async () => {
        const { status, message } = conditionOf((await kube.list(PLATFORM))[0], 'Synced');
        return (
          status === 'False' && message?.includes('network.serviceCidr: overlaps network.podCidr 10.95.0.0/16') === true
        );
      },
      { explain: async () => JSON.stringify(conditionOf((await kube.list(PLATFORM))[0], 'Synced')) },
    );
    expect(types.length).toBeGreaterThanOrEqual(20);
    expect(await uids()).toEqual(types);
  });
});

/** Versions in which the writers that apply know an object. */
function appliedAs(object: KubeObject): string[] {
  const entries = list(object, 'metadata', 'managedFields').filter(entry => text(entry, 'operation') === 'Apply');
  return entries.map(entry => text(entry, 'apiVersion') ?? '');
}

function conditionOf(object: KubeObject | undefined, type: string): { status?: string; message?: string } {
  const found = list(object, 'status', 'conditions').find(entry => text(entry, 'type') === type);
  const [status, message] = [text(found, 'status'), text(found, 'message')];
  return { ...(status && { status }), ...(message && { message }) };
}
