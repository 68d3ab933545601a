import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { isObject, type JsonObject } from '../../src/base/json.ts';
import type { Kube } from '../region/kube.ts';
import { KubeError, type KubeObject } from '../region/kube-types.ts';
import { applyClaim, CLAIM, condition, deleteClaim, smallClaim, untilReady } from './support/claims.ts';
import { leftovers } from './support/leftovers.ts';
import { list, text } from './support/read.ts';
import { admin } from './support/region.ts';
import { runningState } from './support/running-state.ts';
import { until, untilAtRest } from './support/wait.ts';

const group = (fields: JsonObject) => ({
  // As many as there may be, so that no autoscaler changes what is compared.
  nodeGroups: { web: { minReplicas: 1, maxReplicas: 1, instanceType: 's1.large', ...fields } },
});

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
    spec: { ...group({}), addons: { coredns: { valuesOverride: { entries: manyEntries(20_000) } } } },
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

function manyEntries(count: number): JsonObject {
  return Object.fromEntries(Array.from({ length: count }, (_, index) => [`entry-number-${index}`, index]));
}

describe('H43 a claim that is wrong from the start', () => {
  test.each(WRONG)('$what is refused and nothing is created', async ({ spec, code, path, valid }) => {
    const kube = admin();
    const namespace = `wrong-${code.toLowerCase()}`;
    const refusal = await refusalOf(kube, smallClaim(namespace, 'bad', spec), path);
    expect(refusal).toContain(path);
    expect(refusal).toContain(valid);
    if (!refusal.startsWith('admission: ')) {
      expect(refusal).toContain(code);
      const made = (await leftovers(kube, namespace, 'bad')).filter(
        entry => !entry.endsWith('HikubeCluster bad') && !entry.includes('/XHikubeCluster '),
      );
      expect(made).toEqual([]);
      await deleteClaim(kube, smallClaim(namespace, 'bad'));
    }
    await kube.close();
  });
});

describe('a Ready claim made wrong', () => {
  let kube: Kube;
  const good = smallClaim('refusals', 'good', group({}));
  let before: Record<string, unknown>;

  beforeAll(async () => {
    kube = admin();
    await applyClaim(kube, good);
    await untilReady(kube, good);
    before = await untilAtRest('what runs', () => runningState(kube, 'refusals'));
  });
  afterAll(async () => {
    await deleteClaim(kube, good);
    await kube.close();
  });

  test.each(WRONG)('by $what goes on as it ran', async ({ spec, path }) => {
    const refusal = await refusalOf(kube, smallClaim('refusals', 'good', spec), path);
    expect(refusal).toContain(path);
    // The round that refuses says so after it has written what it composes: the children, by which all else changes.
    expect(await runningState(kube, 'refusals')).toEqual(before);
    await applyClaim(kube, good);
    await until('the claim to be accepted again', async () => {
      const claim = await kube.get(CLAIM, 'good', 'refusals');
      return (
        claim &&
        text(condition(claim, 'Accepted'), 'status') === 'True' &&
        list(claim, 'status', 'problems').length === 0
      );
    });
    expect(await runningState(kube, 'refusals')).toEqual(before);
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
