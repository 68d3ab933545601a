import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Kube } from '../region/kube.ts';
import { answer } from './support/answer.ts';
import { applyClaim, condition, deleteClaim, smallClaim } from './support/claims.ts';
import { text } from './support/read.ts';
import { admin } from './support/region.ts';
import { until } from './support/wait.ts';

const namespace = 'held';
const NAMESPACE = 'v1/Namespace';
const USAGE = 'protection.crossplane.io/v1beta1/ClusterUsage';
const BINDING = 'admissionregistration.k8s.io/v1/ValidatingAdmissionPolicyBinding';
const claims = [smallClaim(namespace, 'one'), smallClaim(namespace, 'two')];

describe('the namespace of living clusters', () => {
  let kube: Kube;

  beforeAll(async () => {
    kube = admin();
    for (const claim of claims) await applyClaim(kube, claim);
    await until(
      'both clusters to have their control planes',
      async () =>
        (await kube.list('kamaji.clastix.io/v1alpha1/TenantControlPlane', { namespace })).filter(
          ({ status }) => text(status, 'kubernetesResources', 'version', 'status') !== undefined,
        ).length === claims.length,
      { timeoutMs: 300_000 },
    );
    // Without both the namespace would go at the first attempt.
    await until(
      'both clusters to hold the namespace',
      async () =>
        (await kube.list(USAGE)).filter(
          usage =>
            text(usage, 'spec', 'of', 'resourceRef', 'name') === namespace &&
            text(condition(usage, 'Ready'), 'status') === 'True',
        ).length === claims.length,
    );
  });
  afterAll(() => kube.close());

  test('cannot be deleted, and the answer names the claim to delete first', async () => {
    const refusal = await answer(kube.delete(NAMESPACE, namespace));
    expect(refusal).toMatch(/^403 .*cannot delete namespace held: .* delete the HikubeCluster (one|two) first/);
    await expectToStand();
  });

  test('is held by Crossplane: without the words the answer is its own', async () => {
    const binding = await kube.get(BINDING, 'hikube-held-namespaces');
    if (!binding) throw new Error('cannot find the binding of the policy');
    await kube.delete(BINDING, binding.metadata.name);
    await until(
      'the policy to be out of force',
      async () => !(await answer(kube.delete(NAMESPACE, namespace))).startsWith('403 '),
      { timeoutMs: 30_000 },
    );
    expect(await answer(kube.delete(NAMESPACE, namespace))).toMatch(/^409 .*in-use by 2 usage/);
    const { name } = binding.metadata;
    await kube.apply({
      apiVersion: binding.apiVersion,
      kind: binding.kind,
      metadata: { name },
      spec: binding.spec ?? {},
    });
    await expectToStand();
  });

  test('stays when the first claim goes, for the sake of the second', async () => {
    await deleteOne(0);
    await until('the policy to be in force', async () =>
      (await answer(kube.delete(NAMESPACE, namespace))).includes('delete the HikubeCluster two first'),
    );
    await expectToStand();
  });

  test('outlives the last claim, and can then be deleted', async () => {
    await deleteOne(1);
    await expectToStand();
    await until(
      'the namespace to be free',
      async () => (await answer(kube.delete(NAMESPACE, namespace))) === 'allowed',
      {
        explain: () => answer(kube.delete(NAMESPACE, namespace)),
      },
    );
    await until('the namespace to be gone', async () => !(await kube.get(NAMESPACE, namespace)));
  });

  async function deleteOne(index: number): Promise<void> {
    const claim = claims[index];
    if (!claim) throw new Error(`cannot delete claim ${index}: there is none`);
    await deleteClaim(kube, claim);
  }

  async function expectToStand(): Promise<void> {
    const found = await kube.get(NAMESPACE, namespace);
    expect(found?.metadata.deletionTimestamp).toBeUndefined();
    expect(found).toBeDefined();
  }
});
