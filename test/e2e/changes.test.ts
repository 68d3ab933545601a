import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { isObject, type JsonObject } from '../../src/base/json.ts';
import type { Kube } from '../region/kube.ts';
import { KubeError, type KubeObject } from '../region/kube-types.ts';
import { applyClaim, CLAIM, condition, deleteClaim, leaveClaim, smallClaim, untilReady } from './support/claims.ts';
import { MACHINE, MACHINE_DEPLOYMENT, MACHINE_TEMPLATE, tenantApi, VIRTUAL_MACHINE } from './support/cluster.ts';
import { leftovers } from './support/leftovers.ts';
import { list, text } from './support/read.ts';
import { admin } from './support/region.ts';
import { runningState } from './support/running-state.ts';
import { until, untilAtRest, untilHolds } from './support/wait.ts';

/** As many nodes as there may be, so that no autoscaler changes what is compared. */
const web = { minReplicas: 1, maxReplicas: 1, instanceType: 's1.large' };
const jobs = { minReplicas: 2, maxReplicas: 2, instanceType: 'u1.large' };
const namespace = 'changes';
const withBoth = smallClaim(namespace, 'shrinking', {
  nodeGroups: { web, jobs },
  addons: { certManager: { enabled: true } },
});
const withWebAlone = smallClaim(namespace, 'shrinking', { nodeGroups: { web } });
const group = (fields: JsonObject) => ({ nodeGroups: { web: { ...web, ...fields } } });

const RELEASE = 'helm.toolkit.fluxcd.io/v2/HelmRelease';
const OF_GROUPS = [
  VIRTUAL_MACHINE,
  MACHINE,
  MACHINE_DEPLOYMENT,
  MACHINE_TEMPLATE,
  'bootstrap.cluster.x-k8s.io/v1beta2/KubeadmConfigTemplate',
] as const;

/** What is wrong, and what the refusal must name. */
const WRONG: { what: string; spec: JsonObject; code: string; path: string; valid: string }[] = [
  {
    what: 'a misspelt instance type',
    spec: group({ instanceType: 's1.lrage' }),
    code: 'UnknownInstanceType',
    path: 'spec.nodeGroups.web.instanceType',
    valid: 's1.large',
  },
  {
    what: 'an unknown version',
    spec: { ...group({}), version: 'v1.99' },
    code: 'UnknownVersion',
    path: 'spec.version',
    valid: 'v1.34',
  },
  {
    what: 'min above max',
    spec: group({ minReplicas: 5 }),
    code: 'MinAboveMax',
    path: 'spec.nodeGroups[web].minReplicas',
    valid: 'maxReplicas',
  },
  {
    what: 'a GPU the catalogue lacks',
    spec: group({ gpus: [{ name: 'nvidia.com/B200' }] }),
    code: 'UnknownGpu',
    path: 'spec.nodeGroups.web.gpus[0].name',
    valid: 'nvidia.com/AD102GL_L40S',
  },
  {
    what: 'a template action that would end the Helm controller of all clusters',
    spec: { ...group({}), addons: { cilium: { valuesOverride: { podLabels: { a: '{{ repeat 1000000000 "a" }}' } } } } },
    code: 'TemplateInOverride',
    path: 'spec.addons.cilium.valuesOverride.podLabels.a',
    valid: 'write the value itself',
  },
  {
    what: 'an override of 400 kB',
    spec: { ...group({}), addons: { coredns: { valuesOverride: { entries: bulk(400_000) } } } },
    code: 'TooLarge',
    path: 'spec.addons.coredns.valuesOverride',
    valid: '2000 values',
  },
  {
    what: 'a size that would take the limits off an API server',
    spec: { ...group({}), controlPlane: { apiServer: { resources: { cpu: '0' } } } },
    code: 'InvalidSize',
    path: 'spec.controlPlane.apiServer.resources.cpu',
    valid: '50m',
  },
  {
    what: 'a taint twice, with which no node joins',
    spec: group({ taints: ['a', 'b'].map(value => ({ key: 'example.com/x', value, effect: 'NoSchedule' })) }),
    code: 'DuplicateEntry',
    path: 'spec.nodeGroups.web.taints[1]',
    valid: 'leave one of them out',
  },
];

/** Values of so many characters together. */
function bulk(characters: number): JsonObject {
  const entry = 'x'.repeat(160);
  return Object.fromEntries(
    Array.from({ length: characters / entry.length }, (_, index) => [`entry-number-${index}`, entry]),
  );
}

let kube: Kube;

// The claim that is changed later comes up while others are refused.
beforeAll(async () => {
  kube = admin();
  await applyClaim(kube, withBoth);
});
afterAll(async () => {
  await leaveClaim(kube, withBoth);
  await kube.close();
});

describe('H43 a claim that is wrong from the start', () => {
  test.each(WRONG)('$what is refused and nothing is created', async ({ spec, code, path, valid }) => {
    const bad = smallClaim(`wrong-${code.toLowerCase()}`, 'bad', spec);
    const refusal = await refusalOf(kube, bad, path);
    expect(refusal).toContain(path);
    expect(refusal).toContain(valid);
    if (refusal.startsWith('admission: ')) return;
    expect(refusal).toContain(code);
    const made = (await leftovers(kube, `wrong-${code.toLowerCase()}`, 'bad')).filter(
      entry => !entry.endsWith('HikubeCluster bad') && !entry.includes('/XHikubeCluster '),
    );
    expect(made).toEqual([]);
    await deleteClaim(kube, bad);
  });
});

describe('a Ready claim made wrong', () => {
  let before: Record<string, unknown>;

  beforeAll(async () => {
    await untilReady(kube, withBoth);
    before = await untilAtRest('what runs', () => runningState(kube, namespace));
  });

  // None of these claims has the second node group or the add-on: what is refused takes nothing out either.
  test.each(WRONG)('by $what goes on as it ran', async ({ spec, path }) => {
    const refusal = await refusalOf(kube, smallClaim(namespace, 'shrinking', spec), path);
    expect(refusal).toContain(path);
    // The round that refuses says so after it has written what it composes: the children, by which all else changes.
    expect(await runningState(kube, namespace)).toEqual(before);
    await applyClaim(kube, withBoth);
    await until('the claim to be accepted again', async () => {
      const claim = await kube.get(CLAIM, 'shrinking', namespace);
      return (
        claim &&
        text(condition(claim, 'Accepted'), 'status') === 'True' &&
        list(claim, 'status', 'problems').length === 0
      );
    });
    expect(await runningState(kube, namespace)).toEqual(before);
  });
});

describe('taking parts out of a live claim', () => {
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

/**
 * The refusal a tenant meets: of the API server at once, or in the claim's Accepted condition. A claim's status follows
 * its composite's by two controllers and may show an earlier refusal once more, so it is asked for by its path.
 */
async function refusalOf(kube: Kube, claim: KubeObject, path: string): Promise<string> {
  try {
    await applyClaim(kube, claim);
  } catch (error) {
    if (error instanceof KubeError && error.status === 422) return `admission: ${error.message}`;
    throw error;
  }
  const accepted = await until('the claim to be refused', async () => {
    const seen = await kube.get(CLAIM, claim.metadata.name, claim.metadata.namespace);
    const found = condition(seen, 'Accepted');
    return isObject(found) && found.status === 'False' && text(found, 'message')?.includes(path) ? found : undefined;
  });
  return `${text(accepted, 'reason')}: ${text(accepted, 'message')}`;
}
