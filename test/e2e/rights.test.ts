import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Kube } from '../region/kube.ts';
import { KubeError, type KubeObject } from '../region/kube-types.ts';
import { TENANTS } from './setup.ts';
import { CLAIM, smallClaim } from './support/claims.ts';
import { admin, tenant } from './support/region.ts';

const namespace = 'rights';

/** The answer of the API server to a tenant: `allowed`, or the status and message of the refusal. */
async function answer(work: Promise<unknown>): Promise<string> {
  try {
    await work;
    return 'allowed';
  } catch (error) {
    if (error instanceof KubeError) return `${error.status} ${error.message}`;
    throw error;
  }
}

describe('H84 what a tenant may do', () => {
  let kube: Kube;
  let alice: Kube;

  beforeAll(async () => {
    kube = admin();
    alice = tenant();
    await kube.apply({ apiVersion: 'v1', kind: 'Namespace', metadata: { name: namespace } });
    await kube.apply({
      apiVersion: 'rbac.authorization.k8s.io/v1',
      kind: 'RoleBinding',
      metadata: { name: 'tenants', namespace },
      roleRef: { apiGroup: 'rbac.authorization.k8s.io', kind: 'ClusterRole', name: 'hikube:tenant' },
      subjects: [{ apiGroup: 'rbac.authorization.k8s.io', kind: 'Group', name: TENANTS }],
    });
  });
  afterAll(async () => {
    await Promise.all([alice.close(), kube.close()]);
  });

  test('write claims in its namespace and nowhere else', async () => {
    const wrong = smallClaim(namespace, 'mine', { version: 'v1.99' });
    expect(await answer(alice.create(wrong))).toBe('allowed');
    expect(await answer(alice.delete(CLAIM, 'mine', namespace))).toBe('allowed');
    expect(await answer(alice.create(smallClaim('default', 'theirs')))).toMatch(/^403 /);
  });

  test('see its machines', async () => {
    expect(await answer(alice.list('cluster.x-k8s.io/v1beta2/Machine', { namespace }))).toBe('allowed');
  });

  test.each(['HikubeEtcd', 'HikubeControlPlane', 'HikubeNodePool', 'HikubeAddons'])('not write a %s', async kind => {
    const child: KubeObject = {
      apiVersion: 'hikube.cloud/v1alpha1',
      kind,
      metadata: { name: 'own', namespace },
      spec: { cluster: 'own' },
    };
    expect(await answer(alice.create(child))).toMatch(/^403 .*[Ff]orbidden/);
  });

  test('not write a Usage', async () => {
    const usage: KubeObject = {
      apiVersion: 'protection.crossplane.io/v1beta1',
      kind: 'Usage',
      metadata: { name: 'own', namespace },
      spec: { of: { apiVersion: 'v1', kind: 'ConfigMap', resourceRef: { name: 'x' } }, reason: 'mine' },
    };
    expect(await answer(alice.create(usage))).toMatch(/^403 /);
  });

  test('not choose the Composition of a claim', async () => {
    const claim = smallClaim(namespace, 'chosen', { compositionRef: { name: 'other' } });
    expect(await answer(alice.create(claim))).toMatch(/^(403|422) .*compositionRef/);
  });

  test.each([
    [smallClaim(namespace, 'x'.repeat(43)), 'metadata.name'],
    [smallClaim(namespace, '1st'), 'metadata.name'],
    [
      smallClaim(namespace, 'ok', { nodeGroups: { 'a-very-long-group-name': { instanceType: 's1.large' } } }),
      'spec.nodeGroups.a-very-long-group-name',
    ],
  ])('not use a name that later names could not carry', async (claim, path) => {
    expect(await answer(alice.create(claim))).toMatch(new RegExp(`InvalidName at ${path.replaceAll('.', '\\.')}`));
  });
});
