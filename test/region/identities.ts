import { writeFile } from 'node:fs/promises';
import { z } from 'zod';
import type { Kube } from './kube.ts';
import { writeKubeconfig } from './kubeconfig.ts';
import type { PolicyRule } from './stand-ins/stand-in.ts';

/** The ServiceAccount a component runs as, and what it may do. */
export interface IdentitySpec {
  namespace: string;
  name: string;
  /** Rules of a ClusterRole of its own. */
  rules?: PolicyRule[];
  /** ClusterRoles that exist beside it. */
  clusterRoles?: string[];
}

/** Makes the ServiceAccount with its namespace and rights, and returns a kubeconfig with a token for it. */
export async function createIdentity(kube: Kube, ca: string, spec: IdentitySpec): Promise<string> {
  const { namespace, name, rules, clusterRoles = [] } = spec;
  const own = `${namespace}:${name}`;
  await kube.apply({ apiVersion: 'v1', kind: 'Namespace', metadata: { name: namespace } });
  await Promise.all([
    kube.apply({ apiVersion: 'v1', kind: 'ServiceAccount', metadata: { name, namespace } }),
    rules && kube.apply({ apiVersion: RBAC, kind: 'ClusterRole', metadata: { name: own }, rules }),
    ...[...(rules ? [own] : []), ...clusterRoles].map(role =>
      kube.apply({
        apiVersion: RBAC,
        kind: 'ClusterRoleBinding',
        metadata: { name: role === own ? own : `${own}:${role}` },
        roleRef: { apiGroup: 'rbac.authorization.k8s.io', kind: 'ClusterRole', name: role },
        subjects: [{ kind: 'ServiceAccount', name, namespace }],
      }),
    ),
  ]);
  return writeKubeconfig({ server: kube.server, ca, token: await requestToken(kube, namespace, name) });
}

/** Like createIdentity, for a program that reads its kubeconfig from a file. */
export async function writeIdentity(kube: Kube, ca: string, spec: IdentitySpec, file: string): Promise<string> {
  await writeFile(file, await createIdentity(kube, ca, spec), { mode: 0o600 });
  return file;
}

async function requestToken(kube: Kube, namespace: string, name: string): Promise<string> {
  const { status, body } = await kube.raw('POST', `/api/v1/namespaces/${namespace}/serviceaccounts/${name}/token`, {
    apiVersion: 'authentication.k8s.io/v1',
    kind: 'TokenRequest',
    spec: { expirationSeconds: ONE_WEEK },
  });
  const answer = tokenRequest.safeParse(body);
  if (!answer.success) throw new Error(`cannot get a token for ${namespace}/${name}: HTTP ${status}`);
  return answer.data.status.token;
}

const RBAC = 'rbac.authorization.k8s.io/v1';
/** No kubelet renews these tokens, so they outlive any region. */
const ONE_WEEK = 7 * 86_400;
const tokenRequest = z.object({ status: z.object({ token: z.string() }) });
