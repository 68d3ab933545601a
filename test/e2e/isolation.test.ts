import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Kube } from '../region/kube.ts';
import type { KubeObject } from '../region/kube-types.ts';
import { answer } from './support/answer.ts';
import { applyClaim, condition, deleteClaim, smallClaim, untilReady } from './support/claims.ts';
import { tenantApi } from './support/cluster.ts';
import { leftovers } from './support/leftovers.ts';
import { text } from './support/read.ts';
import { admin } from './support/region.ts';
import { until } from './support/wait.ts';

const NAMESPACE = 'v1/Namespace';
const USAGE = 'protection.crossplane.io/v1beta1/ClusterUsage';
const BINDING = 'admissionregistration.k8s.io/v1/ValidatingAdmissionPolicyBinding';

/** Claims whose joined names read the same, or that share a name or a namespace. */
const [first, second, elsewhere] = [smallClaim('a', 'b-c'), smallClaim('a', 'c'), smallClaim('a-b', 'c')];
const CLAIMS = [first, second, elsewhere];
const ids = CLAIMS.map(idOf).sort();

let kube: Kube;
let claims: KubeObject[];

beforeAll(async () => {
  kube = admin();
  for (const claim of CLAIMS) await applyClaim(kube, claim);
  claims = await Promise.all(CLAIMS.map(claim => untilReady(kube, claim)));
});
afterAll(() => kube.close());

describe('H92 claims that could be taken for one another', () => {
  test('have one etcd, DataStore and control plane each', async () => {
    const stores = await kube.list('kamaji.clastix.io/v1alpha1/DataStore');
    const owners = stores.map(({ metadata: { labels = {} } }) =>
      [labels['crossplane.io/claim-namespace'], labels['crossplane.io/claim-name']].join('/'),
    );
    expect(owners.filter(owner => ids.includes(owner)).sort()).toEqual(ids);
    const planes = await kube.list('controlplane.cluster.x-k8s.io/v1alpha2/KamajiControlPlane');
    expect(
      planes
        .map(idOf)
        .filter(id => ids.includes(id))
        .sort(),
    ).toEqual(ids);
  });

  test('are different clusters for their tenants', async () => {
    const uids = await Promise.all(
      claims.map(async claim => {
        const tenant = await tenantApi(kube, claim);
        const system = await tenant.get(NAMESPACE, 'kube-system');
        await tenant.close();
        return system?.metadata.uid;
      }),
    );
    expect(new Set(uids).size).toBe(3);
  });
});

describe('the namespace of living clusters', () => {
  test('cannot be deleted, and the answer names the claim to delete first', async () => {
    expect(await deletion()).toMatch(/^403 .*cannot delete namespace a: .* delete the HikubeCluster (b-c|c) first/);
    await expectToStand();
  });

  test('is held by Crossplane: without the words the answer is its own', async () => {
    // Without both it would go at the first attempt.
    await until('both clusters to hold the namespace', async () => {
      const usages = await kube.list(USAGE);
      const holding = usages.filter(usage => text(condition(usage, 'Ready'), 'status') === 'True');
      return holding.filter(usage => text(usage, 'spec', 'of', 'resourceRef', 'name') === 'a').length === 2;
    });
    const binding = await kube.get(BINDING, 'hikube-held-namespaces');
    if (!binding) throw new Error('cannot find the binding of the policy');
    await kube.delete(BINDING, binding.metadata.name);
    await until('the policy to be out of force', async () => !(await deletion()).startsWith('403 '), {
      timeoutMs: 30_000,
    });
    expect(await deletion()).toMatch(/^409 .*in-use by 2 usage/);
    const { name } = binding.metadata;
    const { apiVersion, kind, spec = {} } = binding;
    await kube.apply({ apiVersion, kind, metadata: { name }, spec });
    await expectToStand();
  });
});

describe('deleting one claim', () => {
  test('H92 leaves the others Ready, and the namespace for the sake of the second', async () => {
    await deleteClaim(kube, first);
    await until('everything of a/b-c to be gone', async () => (await leftoversOfFirst()).length === 0, {
      explain: async () => (await leftoversOfFirst()).join('\n'),
    });
    for (const claim of [second, elsewhere]) await untilReady(kube, claim);
    await until('the policy to be in force', async () =>
      (await deletion()).includes('delete the HikubeCluster c first'),
    );
    await expectToStand();
  });

  test('and the last leaves nothing but the namespace, which can then be deleted', async () => {
    await Promise.all([second, elsewhere].map(claim => deleteClaim(kube, claim)));
    await expectToStand();
    const left = async () => [...(await leftovers(kube, 'a', 'c')), ...(await leftovers(kube, 'a-b', 'c'))];
    await until('everything of the others to be gone', async () => (await left()).length === 0, {
      explain: async () => (await left()).join('\n'),
    });
    await until('the namespace to be free', async () => (await deletion()) === 'allowed', { explain: deletion });
    await until('the namespace to be gone', async () => !(await kube.get(NAMESPACE, 'a')));
  });
});

function idOf({ metadata }: KubeObject): string {
  return `${metadata.namespace}/${metadata.name}`;
}

/** What is answered to who deletes the namespace of two of the claims. */
function deletion(): Promise<string> {
  return answer(kube.delete(NAMESPACE, 'a'));
}

async function expectToStand(): Promise<void> {
  const found = await kube.get(NAMESPACE, 'a');
  expect(found).toBeDefined();
  expect(found?.metadata.deletionTimestamp).toBeUndefined();
}

/** What is left of the first claim in the namespace that holds another. */
async function leftoversOfFirst(): Promise<string[]> {
  return (await leftovers(kube, 'a', 'b-c')).filter(entry => entry.includes(' b-c') || entry.includes('/DataStore '));
}
