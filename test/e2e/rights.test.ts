import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { PART_KINDS } from '../../src/api/group.ts';
import type { Kube } from '../region/kube.ts';
import type { KubeObject } from '../region/kube-types.ts';
import { commands, root } from '../unit/docs.ts';
import { TENANTS } from './setup.ts';
import { answer } from './support/answer.ts';
import { said, untilAllowed } from './support/attacker.ts';
import { CLAIM, smallClaim } from './support/claims.ts';
import { runCommands } from './support/pages.ts';
import { admin, tenant } from './support/region.ts';
import { until } from './support/wait.ts';

const namespace = 'rights';

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
    await untilTenant();
  });
  afterAll(async () => {
    await Promise.all([alice.close(), kube.close()]);
  });

  /** The API server knows what the role and its binding give. */
  const untilTenant = async () => {
    for (const [group, resource, verb] of [
      ['hikube.cloud', 'hikubeclusters', 'create'],
      ['cluster.x-k8s.io', 'machines', 'list'],
    ] as const)
      await untilAllowed(alice, { namespace, group, resource, verb });
  };

  test('write claims in its namespace and nowhere else', async () => {
    const wrong = smallClaim(namespace, 'mine', { version: 'v1.99' });
    expect(await answer(alice.create(wrong))).toBe('allowed');
    expect(await answer(alice.delete(CLAIM, 'mine', namespace))).toBe('allowed');
    expect(await answer(alice.create(smallClaim('default', 'theirs')))).toMatch(/^403 /);
  });

  test('and the one command of the install page brings back what keeps it there', async () => {
    const binding = 'admissionregistration.k8s.io/v1/ValidatingAdmissionPolicyBinding';
    const role = 'rbac.authorization.k8s.io/v1/ClusterRole';
    await kube.delete(binding, 'hikube-claim-machinery');
    await kube.delete(role, 'hikube:tenant');
    await runCommands(
      commands(['docs/install.md']).map(({ command }) => command),
      root,
    );
    expect(await kube.get(binding, 'hikube-claim-machinery')).toBeDefined();
    expect(await kube.get(role, 'hikube:tenant')).toBeDefined();
    await untilTenant();
    const chosen = smallClaim(namespace, 'chosen', { compositionRef: { name: 'other' } });
    const path = `/apis/hikube.cloud/v1alpha1/namespaces/${namespace}/hikubeclusters?dryRun=All`;
    await until('the policy to be in force', async () =>
      /^403 .*compositionRef/.test(said(await alice.raw('POST', path, chosen))),
    );
  });

  test('see its machines', async () => {
    expect(await answer(alice.list('cluster.x-k8s.io/v1beta2/Machine', { namespace }))).toBe('allowed');
  });

  test.each(Object.values(PART_KINDS))('not write a %s', async kind => {
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
