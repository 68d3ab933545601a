import { globSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { parseAllDocuments } from 'yaml';
import { z } from 'zod';
import { listAt, stringAt } from '../../src/base/json.ts';
import type { KubeObject } from '../../src/base/object.ts';
import { hikubeCatalog } from '../../src/catalog/index.ts';
import { compositeDefinitions } from '../../src/generate/kinds.ts';
import { appliedObjects } from '../../src/simulate/applied.ts';
import { simulate } from '../../src/simulate/index.ts';

const root = path.resolve(import.meta.dirname, '../..');
const COMPOSE = ['get', 'list', 'watch', 'create', 'update', 'patch', 'delete'];

const clusterRole = z.object({
  kind: z.literal('ClusterRole'),
  metadata: z.object({ name: z.string() }),
  rules: z.array(
    z.object({
      apiGroups: z.array(z.string()),
      resources: z.array(z.string()),
      resourceNames: z.array(z.string()).optional(),
      verbs: z.array(z.string()),
    }),
  ),
});

const resourcesOf = ({ apiGroups, resources }: z.infer<typeof clusterRole>['rules'][number]) =>
  apiGroups.flatMap(group => resources.map(name => `${group}/${name}`));

const roles = documents('package/rbac/*.yaml').map(document => clusterRole.parse(document));
const compose = role('hikube:crossplane-compose');

/** What Crossplane may do by its own roles (its chart's ClusterRole) and by those its RBAC manager makes for XRDs. */
const BY_ITSELF = [
  '/secrets',
  '/serviceaccounts',
  '/services',
  '/configmaps',
  'apps/deployments',
  'protection.crossplane.io/usages',
  'protection.crossplane.io/clusterusages',
  ...compositeDefinitions.map(({ plural }) => `hikube.cloud/${plural}`),
];

const rendered = documents('examples/**/*.yaml').flatMap(object =>
  simulate(z.custom<KubeObject>().parse(object), hikubeCatalog),
);
const composed = [
  ...new Set(rendered.flatMap(appliedObjects).map(({ apiVersion, kind }) => resourceOf(apiVersion, kind))),
];
const required = [
  ...new Set(
    rendered
      .flatMap(({ output }) => [...output.requirements.values()])
      .map(({ apiVersion, kind }) => resourceOf(apiVersion, kind)),
  ),
];

describe("Crossplane's rights", () => {
  const verbsOf = (resource: string) =>
    compose.rules
      .filter(rule => resourcesOf(rule).includes(resource))
      .flatMap(({ verbs }) => verbs)
      .toSorted();
  const granted = [...new Set(compose.rules.flatMap(resourcesOf))].filter(resource =>
    verbsOf(resource).includes('watch'),
  );

  test('cover every kind the function composes or requires, and none beside', () => {
    const needed = [...new Set([...composed, ...required])].filter(resource => !BY_ITSELF.includes(resource));
    expect(granted.toSorted()).toEqual(needed.toSorted());
    for (const resource of granted) {
      // What is only looked at is never written.
      if (!composed.includes(resource) && resource === '/pods') {
        expect(verbsOf(resource)).toEqual(['get', 'list', 'watch']);
        continue;
      }
      // A namespace is only ever made.
      const verbs = COMPOSE.filter(verb => !(resource === '/namespaces' && verb === 'delete'));
      expect(verbsOf(resource)).toEqual(verbs.toSorted());
    }
  });

  test('let it bind exactly the roles it composes bindings to, each of which is in the package', () => {
    const bound = rendered
      .flatMap(appliedObjects)
      .filter(({ kind }) => kind === 'RoleBinding')
      .map(binding => stringAt(binding, 'roleRef', 'name') ?? '');
    const mayBind = compose.rules.filter(({ verbs }) => verbs.includes('bind')).flatMap(rule => rule.resourceNames);
    expect(mayBind.toSorted()).toEqual([...new Set(bound)].toSorted());
    for (const name of mayBind) expect(roles.map(({ metadata }) => metadata.name)).toContain(name);
  });

  test('hold no wildcard, no escalation and no impersonation', () => {
    const words = compose.rules.flatMap(({ apiGroups, resources, verbs }) => [...apiGroups, ...resources, ...verbs]);
    for (const word of ['*', 'escalate', 'impersonate']) expect(words).not.toContain(word);
  });
});

test("a tenant's rights reach claims, machines and events, and no Secret, child kind or provider kind", () => {
  const tenant = role('hikube:tenant').rules.flatMap(rule =>
    resourcesOf(rule).map(resource => `${resource}: ${rule.verbs.includes('create') ? 'write' : 'read'}`),
  );
  expect(tenant.toSorted()).toEqual([
    '/events: read',
    'cluster.x-k8s.io/machines: read',
    'events.k8s.io/events: read',
    'hikube.cloud/hikubeclusters: write',
  ]);
});

test('programs beside a control plane read no Pods and Secrets of the platform, and scale whole groups only', () => {
  const programs = roles.filter(({ metadata }) =>
    ['hikube:cluster-autoscaler', 'hikube:cloud-controller', 'hikube:csi-controller'].includes(metadata.name),
  );
  expect(programs).toHaveLength(3);
  const held = programs.flatMap(({ rules }) => rules.flatMap(resourcesOf));
  expect(held.filter(resource => /^\/(pods|secrets|nodes|configmaps)|\*/.test(resource))).toEqual([]);
  expect(held.filter(resource => resource.endsWith('/scale'))).toEqual(['cluster.x-k8s.io/machinedeployments/scale']);
  const verbs = new Set(programs.flatMap(({ rules }) => rules.flatMap(rule => rule.verbs)));
  for (const verb of ['*', 'bind', 'escalate', 'impersonate', 'deletecollection']) expect(verbs).not.toContain(verb);
});

test('every kind of our groups is internal, today or later, but for the claim itself', () => {
  const [policy] = documents('package/policies/internal-kinds.yaml');
  expect(listAt(policy, 'spec', 'matchConstraints', 'resourceRules')).toEqual([
    {
      apiGroups: ['hikube.cloud', 'provider.hikube.cloud', 'protection.crossplane.io'],
      apiVersions: ['*'],
      operations: ['CREATE', 'UPDATE', 'DELETE'],
      resources: ['*/*'],
    },
  ]);
  const claims = compositeDefinitions.flatMap(({ claim }) => claim?.plural ?? []);
  const exempt = listAt(policy, 'spec', 'matchConditions').flatMap(
    condition => stringAt(condition, 'expression') ?? [],
  );
  expect(exempt).toHaveLength(1);
  expect([...(exempt[0] ?? '').matchAll(/resource\.resource == '([^']*)'/g)].map(match => match[1])).toEqual(claims);
});

test('a Role in a namespace frees nobody from a policy: asked there, it can only make one subject to it', () => {
  const policies = documents('package/policies/*.yaml');
  const asked = (field: string) =>
    policies.flatMap(policy => listAt(policy, 'spec', field)).flatMap(entry => stringAt(entry, 'expression') ?? []);
  const inNamespace = (expression: string) => /authorizer(?:(?!check\().)*namespace\(/s.test(expression);
  expect(asked('validations').filter(inNamespace)).toEqual([]);
  expect(asked('variables').filter(inNamespace)).toEqual([]);
  const conditions = asked('matchConditions').filter(inNamespace);
  expect(conditions.length).toBeGreaterThan(0);
  for (const condition of conditions) expect(condition).not.toContain('!');
});

test('every policy is bound and denies', () => {
  const all = documents('package/policies/*.yaml');
  const named = (kind: string) => all.filter(object => stringAt(object, 'kind') === kind);
  const bound = named('ValidatingAdmissionPolicyBinding').map(binding => [
    stringAt(binding, 'spec', 'policyName'),
    listAt(binding, 'spec', 'validationActions'),
  ]);
  const policies = named('ValidatingAdmissionPolicy');
  expect(bound).toEqual(policies.map(policy => [stringAt(policy, 'metadata', 'name'), ['Deny']]));
  // The words about a held namespace are Crossplane's to lose: without them its own refusal stands.
  const words = 'hikube-held-namespaces';
  for (const policy of policies) {
    const expected = stringAt(policy, 'metadata', 'name') === words ? 'Ignore' : 'Fail';
    expect(stringAt(policy, 'spec', 'failurePolicy')).toBe(expected);
  }
});

test('the one command installs every role, policy, kind and Composition there is', () => {
  const [kustomization] = documents('kustomization.yaml');
  const files = ['package/rbac', 'package/policies', 'apis', 'compositions'].flatMap(folder =>
    globSync(`${folder}/*.yaml`, { cwd: root }).sort(),
  );
  expect(listAt(kustomization, 'resources')).toEqual(files);
});

function documents(pattern: string): unknown[] {
  return globSync(pattern, { cwd: root })
    .sort()
    .flatMap(file => parseAllDocuments(readFileSync(path.join(root, file), 'utf8')).map(document => document.toJS()));
}

function role(name: string): z.infer<typeof clusterRole> {
  return roles.find(({ metadata }) => metadata.name === name) ?? expect.unreachable(`no ClusterRole ${name}`);
}

/** `networking.k8s.io/ingresses`; every kind we use has a regular plural. */
function resourceOf(apiVersion: string, kind: string): string {
  const group = apiVersion.includes('/') ? apiVersion.slice(0, apiVersion.indexOf('/')) : '';
  const word = kind.toLowerCase();
  const plural = word.endsWith('y')
    ? `${word.slice(0, -1)}ies`
    : word.endsWith('s') && !word.endsWith('ss')
      ? word
      : word.endsWith('s')
        ? `${word}es`
        : `${word}s`;
  return `${group}/${plural}`;
}
