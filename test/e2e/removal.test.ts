import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Kube } from '../region/kube.ts';
import { applyClaim, deleteClaim, smallClaim, untilReady } from './support/claims.ts';
import { MACHINE, MACHINE_DEPLOYMENT, MACHINE_TEMPLATE, tenantApi, VIRTUAL_MACHINE } from './support/cluster.ts';
import { admin } from './support/region.ts';
import { until, untilAtRest, untilHolds } from './support/wait.ts';

const namespace = 'removal';
/** As many as there may be: what an autoscaler makes of the Pods of the nodes that go is its own affair. */
const web = { minReplicas: 1, maxReplicas: 1, instanceType: 's1.large' };
const jobs = { minReplicas: 2, maxReplicas: 2, instanceType: 'u1.large' };
const withBoth = smallClaim(namespace, 'shrinking', {
  nodeGroups: { web, jobs },
  addons: { certManager: { enabled: true } },
});
const withWebAlone = smallClaim(namespace, 'shrinking', { nodeGroups: { web } });

const RELEASE = 'helm.toolkit.fluxcd.io/v2/HelmRelease';
const OF_GROUPS = [
  VIRTUAL_MACHINE,
  MACHINE,
  MACHINE_DEPLOYMENT,
  MACHINE_TEMPLATE,
  'bootstrap.cluster.x-k8s.io/v1beta2/KubeadmConfigTemplate',
] as const;

describe('taking parts out of a live claim', () => {
  let kube: Kube;

  beforeAll(async () => {
    kube = admin();
    await applyClaim(kube, withBoth);
    await untilReady(kube, withBoth);
  });
  afterAll(async () => {
    await deleteClaim(kube, withBoth);
    await kube.close();
  });

  const namesOf = async (kind: (typeof OF_GROUPS)[number] | typeof RELEASE) =>
    (await kube.list(kind, { namespace })).map(entry => entry.metadata.name).sort();
  const ofGroup = async (group: string) =>
    (await Promise.all(OF_GROUPS.map(namesOf))).flat().filter(name => name.startsWith(`shrinking-${group}-`));

  test('H56 a removed node group loses its machines and templates, the other keeps its own, an add-on goes likewise', async () => {
    const kept = await untilAtRest('the group that stays', () => ofGroup('web'));
    const releases = await namesOf(RELEASE);
    expect((await namesOf(VIRTUAL_MACHINE)).filter(name => name.startsWith('shrinking-jobs-'))).toHaveLength(2);
    expect(releases).toContain('shrinking-cert-manager');

    await applyClaim(kube, withWebAlone);
    await until('everything of the group to be gone', async () => (await ofGroup('jobs')).length === 0, {
      explain: async () => (await ofGroup('jobs')).join('\n'),
    });
    await until(
      'the child of the group to be gone',
      async () => (await kube.list('hikube.cloud/v1alpha1/HikubeNodePool', { namespace })).length === 1,
    );
    const ofAddon = ['shrinking-cert-manager', 'shrinking-issuers'];
    await untilHolds(
      'the releases of the add-on to be gone, and no other',
      () => namesOf(RELEASE),
      names => expect(names).toEqual(releases.filter(name => !ofAddon.includes(name))),
    );

    const claim = await untilReady(kube, withWebAlone);
    expect(await ofGroup('web')).toEqual(kept);
    const tenant = await tenantApi(kube, claim);
    await untilHolds(
      'the node of the other group alone to be left',
      () => tenant.list('v1/Node'),
      nodes => expect(nodes.map(({ metadata }) => metadata.name)).toEqual([expect.stringMatching(/^shrinking-web-/)]),
    );
    await tenant.close();
  });
});
