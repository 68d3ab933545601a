import { list } from '../json.ts';
import type { Kube, KubeObject } from '../kube.ts';
import type { PolicyRule } from '../stand-ins/stand-in.ts';
import { waitForObjects } from '../wait.ts';

/** Name of the ClusterRole that core runs under; RBAC manager and packages add to it by a label. */
export const CORE_ROLE = 'crossplane';

/**
 * Applies the roles a Crossplane installation has: core's own rights and nothing beyond, the roles people get, and
 * the empty ones that the RBAC manager fills for every XRD.
 */
export async function applyRoles(kube: Kube): Promise<void> {
  const roles = [
    aggregated(CORE_ROLE, 'crossplane'),
    role('crossplane:system:aggregate-to-crossplane', 'crossplane', coreRules),
    aggregated('crossplane:allowed-provider-permissions', 'allowed-provider-permissions'),
    aggregated('crossplane-admin', 'admin'),
    aggregated('crossplane-edit', 'edit'),
    aggregated('crossplane-view', 'view'),
    aggregated('crossplane-browse', 'browse'),
    role('crossplane:aggregate-to-admin', 'admin', [
      ...everyone,
      rule([''], ['secrets', 'namespaces'], ['*']),
      rule(['rbac.authorization.k8s.io'], ['clusterroles', 'roles'], READ),
      rule(['rbac.authorization.k8s.io'], ['clusterrolebindings', 'rolebindings'], ['*']),
      rule(['apiextensions.k8s.io'], ['customresourcedefinitions'], READ),
      rule(OWN_GROUPS, ['*'], ['*']),
    ]),
    role('crossplane:aggregate-to-edit', 'edit', [
      ...everyone,
      rule([''], ['secrets'], ['*']),
      rule([''], ['namespaces'], READ),
      rule(OWN_GROUPS, ['*'], ['*']),
    ]),
    role('crossplane:aggregate-to-view', 'view', [
      ...everyone,
      rule([''], ['namespaces'], READ),
      rule(OWN_GROUPS, ['*'], READ),
    ]),
    role('crossplane:aggregate-to-browse', 'browse', [...everyone, rule(['apiextensions.crossplane.io'], ['*'], READ)]),
  ];
  await Promise.all(roles.map(object => kube.apply(object)));
}

/**
 * Waits until core's role holds all that is aggregated into it. The controller manager does that in its own time;
 * before, Crossplane would be refused and wait out a delay of ten seconds.
 */
export async function rightsAggregated(kube: Kube): Promise<void> {
  await waitForObjects(kube, ROLE, "Crossplane's rights to be aggregated", roles => {
    const held = new Set(list(roles.get(CORE_ROLE)?.rules).map(rule => JSON.stringify(rule)));
    return [...roles.values()]
      .filter(part => part.metadata.labels?.[`${AGGREGATE}crossplane`] === 'true')
      .filter(part => !list(part.rules).every(rule => held.has(JSON.stringify(rule))))
      .map(part => part.metadata.name);
  });
}

const ROLE = 'rbac.authorization.k8s.io/v1/ClusterRole';
const AGGREGATE = 'rbac.crossplane.io/aggregate-to-';
const READ = ['get', 'list', 'watch'];
const WRITE = ['create', 'update', 'patch', 'delete'];
const OWN_GROUPS = [
  'apiextensions.crossplane.io',
  'pkg.crossplane.io',
  'protection.crossplane.io',
  'ops.crossplane.io',
];
const everyone = [rule([''], ['events'], READ)];

const coreRules = [
  rule([''], ['events'], WRITE),
  rule(['apiextensions.k8s.io'], ['customresourcedefinitions', 'customresourcedefinitions/status'], ['*']),
  rule([''], ['secrets'], [...READ, ...WRITE]),
  rule([''], ['serviceaccounts', 'services'], ['*']),
  rule(OWN_GROUPS, ['*'], ['*']),
  rule(['extensions', 'apps'], ['deployments'], [...READ, ...WRITE]),
  rule(['', 'coordination.k8s.io'], ['configmaps', 'leases'], [...READ, ...WRITE]),
  rule(
    ['admissionregistration.k8s.io'],
    ['validatingwebhookconfigurations', 'mutatingwebhookconfigurations'],
    [...READ, ...WRITE],
  ),
];

/** What the RBAC manager may do: read what grants are made for, and grant what it does not have itself. */
export const rbacManagerRules = [
  rule([''], ['events'], WRITE),
  rule([''], ['namespaces'], READ),
  rule(['apps'], ['deployments'], READ),
  rule([''], ['namespaces/finalizers'], ['update']),
  rule(['apiextensions.crossplane.io'], ['compositeresourcedefinitions'], READ),
  rule(['apiextensions.crossplane.io'], ['compositeresourcedefinitions/finalizers'], ['update']),
  rule(['pkg.crossplane.io'], ['providerrevisions'], READ),
  rule(['pkg.crossplane.io'], ['providerrevisions/finalizers'], ['update']),
  rule(['apiextensions.k8s.io'], ['customresourcedefinitions'], READ),
  rule(['rbac.authorization.k8s.io'], ['clusterroles', 'roles'], [...READ, 'create', 'update', 'patch', 'escalate']),
  rule(['rbac.authorization.k8s.io'], ['clusterroles'], ['bind']),
  rule(['rbac.authorization.k8s.io'], ['clusterrolebindings'], ['*']),
  rule(['', 'coordination.k8s.io'], ['configmaps', 'leases'], [...READ, ...WRITE]),
];

function rule(apiGroups: string[], resources: string[], verbs: string[]): PolicyRule {
  return { apiGroups, resources, verbs };
}

function role(name: string, part: string, rules: PolicyRule[]): KubeObject {
  const labels = { [`${AGGREGATE}${part}`]: 'true' };
  return { apiVersion: 'rbac.authorization.k8s.io/v1', kind: 'ClusterRole', metadata: { name, labels }, rules };
}

function aggregated(name: string, part: string): KubeObject {
  const matchLabels = { [`${AGGREGATE}${part}`]: 'true' };
  return {
    apiVersion: 'rbac.authorization.k8s.io/v1',
    kind: 'ClusterRole',
    metadata: { name },
    aggregationRule: { clusterRoleSelectors: [{ matchLabels }] },
  };
}
