import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Kube } from '../region/kube.ts';
import type { KubeObject } from '../region/kube-types.ts';
import { applyClaim, deleteClaim, smallClaim, untilReady } from './support/claims.ts';
import { tenantApi } from './support/cluster.ts';
import { leftovers } from './support/leftovers.ts';
import { admin } from './support/region.ts';
import { until } from './support/wait.ts';

/** Claims whose joined names read the same, or that share a name or a namespace. */
const CLAIMS = [smallClaim('a', 'b-c'), smallClaim('a-b', 'c'), smallClaim('a', 'c')];

describe('H92 claims that could be taken for one another', () => {
  let kube: Kube;
  let claims: KubeObject[];

  beforeAll(async () => {
    kube = admin();
    for (const claim of CLAIMS) await applyClaim(kube, claim);
    claims = await Promise.all(CLAIMS.map(claim => untilReady(kube, claim)));
  });
  afterAll(() => kube.close());

  test('have one etcd, DataStore and control plane each', async () => {
    const ids = CLAIMS.map(({ metadata }) => `${metadata.namespace}/${metadata.name}`).sort();
    const stores = await kube.list('kamaji.clastix.io/v1alpha1/DataStore');
    const owners = stores.map(({ metadata: { labels } }) => [
      labels?.['crossplane.io/claim-namespace'],
      labels?.['crossplane.io/claim-name'],
    ]);
    expect(
      owners
        .map(owner => owner.join('/'))
        .filter(owner => ids.includes(owner))
        .sort(),
    ).toEqual(ids);
    const planes = await kube.list('controlplane.cluster.x-k8s.io/v1alpha2/KamajiControlPlane');
    const ours = planes.map(plane => `${plane.metadata.namespace}/${plane.metadata.name}`);
    expect(ours.filter(name => ids.includes(name)).sort()).toEqual(ids);
  });

  test('are different clusters for their tenants', async () => {
    const ids = await Promise.all(
      claims.map(async claim => {
        const tenant = await tenantApi(kube, claim);
        const system = await tenant.get('v1/Namespace', 'kube-system');
        await tenant.close();
        return system?.metadata.uid;
      }),
    );
    expect(new Set(ids).size).toBe(3);
  });

  test('deleting one leaves the others Ready', async () => {
    const [first, ...others] = claims;
    if (!first) throw new Error('cannot delete the first claim: there is none');
    await deleteClaim(kube, first);
    await until('everything of a/b-c to be gone', async () => (await leftoversOf('b-c')).length === 0, {
      explain: async () => (await leftoversOf('b-c')).join('\n'),
    });
    for (const claim of others) await untilReady(kube, claim);
    for (const claim of others) await deleteClaim(kube, claim);
    await until(
      'everything of the others to be gone',
      async () => (await leftovers(kube, 'a', 'c')).length === 0 && (await leftovers(kube, 'a-b', 'c')).length === 0,
      {
        explain: async () => [...(await leftovers(kube, 'a', 'c')), ...(await leftovers(kube, 'a-b', 'c'))].join('\n'),
      },
    );
  });

  /** What is left of one claim in a namespace that holds another. */
  async function leftoversOf(name: string): Promise<string[]> {
    return (await leftovers(kube, 'a', name)).filter(
      entry => entry.includes(` ${name}`) || entry.includes('/DataStore '),
    );
  }
});
