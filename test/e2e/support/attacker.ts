import { createIdentity } from '../../region/identities.ts';
import type { JsonObject } from '../../region/json.ts';
import { connect, type Kube } from '../../region/kube.ts';
import { readKubeconfig } from '../../region/kubeconfig.ts';
import type { PolicyRule } from '../../region/stand-ins/stand-in.ts';
import { at, text } from './read.ts';
import { until } from './wait.ts';

/**
 * An identity in a namespace: everything there by a wildcard Role, as a tenant might give itself, and `rules` beside. The
 * API server knows of its rights when this resolves: before, it would refuse for want of a Role whatever is tried.
 */
export async function attacker(
  kube: Kube,
  kubeconfig: string,
  namespace: string,
  name: string,
  rules: PolicyRule[] = [],
): Promise<Kube> {
  const { ca } = readKubeconfig(kubeconfig);
  const identity = connect(await createIdentity(kube, ca, { namespace, name, rules }));
  const everything = [{ apiGroups: ['*'], resources: ['*'], verbs: ['*'] }];
  await kube.apply({ apiVersion: RBAC, kind: 'Role', metadata: { name: 'everything', namespace }, rules: everything });
  await kube.apply({
    apiVersion: RBAC,
    kind: 'RoleBinding',
    metadata: { name, namespace },
    roleRef: { apiGroup: 'rbac.authorization.k8s.io', kind: 'Role', name: 'everything' },
    subjects: [{ kind: 'ServiceAccount', name, namespace }],
  });
  const wanted = [
    { group: '*', resource: '*', verb: '*', namespace },
    ...rules.flatMap(({ apiGroups, resources, verbs }) =>
      (apiGroups ?? []).flatMap(group =>
        (resources ?? []).flatMap(resource => verbs.map(verb => ({ group, resource, verb }))),
      ),
    ),
  ];
  for (const attributes of wanted) await untilAllowed(identity, attributes);
  return identity;
}

/** Waits until an identity may do something: the API server follows Roles and bindings by a watch. */
export async function untilAllowed(kube: Kube, resourceAttributes: Record<string, string>): Promise<void> {
  const review = {
    apiVersion: 'authorization.k8s.io/v1',
    kind: 'SelfSubjectAccessReview',
    spec: { resourceAttributes },
  };
  await until(`the right to ${JSON.stringify(resourceAttributes)}`, async () => {
    const { body } = await kube.raw('POST', '/apis/authorization.k8s.io/v1/selfsubjectaccessreviews', review);
    return at(body, 'status', 'allowed') === true;
  });
}

/** What a change writes, by the paths of its leaves, as it stands in an object. */
export function standing(object: unknown, change: JsonObject): JsonObject {
  return Object.fromEntries(
    Object.entries(change).map(([key, value]) => [
      key,
      isPlain(value) ? standing(at(object, key), value) : at(object, key),
    ]),
  );
}

/** One way to write an object that exists. */
export interface Write {
  title: string;
  /** The status and message of the answer. */
  send(kube: Kube, path: string, change: JsonObject): Promise<string>;
}

/** Every kind of write Kubernetes knows for custom resources, dry runs included. */
export const writes: Write[] = [
  { title: 'merge patch', send: (kube, path, change) => patch(kube, path, change, 'application/merge-patch+json') },
  {
    title: 'JSON patch',
    send: (kube, path, change) => patch(kube, path, jsonPatch(change), 'application/json-patch+json'),
  },
  {
    title: 'server-side apply',
    send: async (kube, path, change) => {
      const { body } = await kube.raw('GET', path);
      const identity = { apiVersion: text(body, 'apiVersion'), kind: text(body, 'kind') };
      return patch(
        kube,
        `${path}?fieldManager=attacker&force=true`,
        { ...identity, ...change },
        'application/apply-patch+yaml',
      );
    },
  },
  {
    title: 'update',
    async send(kube, path, change) {
      for (;;) {
        const { body } = await kube.raw('GET', path);
        const sent = await kube.raw('PUT', path, merged(body, change));
        // Somebody else, Crossplane as a rule, was faster.
        if (sent.status !== 409) return said(sent);
      }
    },
  },
  {
    title: 'merge patch as a dry run',
    send: (kube, path, change) => patch(kube, `${path}?dryRun=All`, change, 'application/merge-patch+json'),
  },
];

/** Status and message of an answer on one line. */
export function said({ status, body }: { status: number; body: unknown }): string {
  return `${status} ${text(body, 'message') ?? ''}`.trim();
}

async function patch(kube: Kube, path: string, body: unknown, contentType: string): Promise<string> {
  return said(await kube.raw('PATCH', path, body, contentType));
}

/** The change as single operations at its leaves; what is above them must exist or is made first. */
function jsonPatch(change: JsonObject, path = ''): { op: string; path: string; value?: unknown }[] {
  return Object.entries(change).flatMap(([key, value]) => {
    const here = `${path}/${key.replaceAll('~', '~0').replaceAll('/', '~1')}`;
    if (value === null) return [{ op: 'remove', path: here }];
    const deeper = isPlain(value) && ['', '/metadata'].includes(path) && !['labels', 'annotations'].includes(key);
    return deeper ? jsonPatch(value, here) : [{ op: 'add', path: here, value }];
  });
}

function merged(body: unknown, change: JsonObject): unknown {
  if (!isPlain(body)) return change;
  const result = { ...body };
  for (const [key, value] of Object.entries(change)) {
    if (value === null) delete result[key];
    else result[key] = isPlain(value) ? merged(result[key], value) : value;
  }
  return result;
}

function isPlain(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

const RBAC = 'rbac.authorization.k8s.io/v1';
