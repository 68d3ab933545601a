import type { Kube } from '../../region/kube.ts';
import { type GVK, KubeError, type KubeObject } from '../../region/kube-types.ts';
import { at, list, text } from './read.ts';

/** Kinds every namespace has by itself. */
const NAMESPACE_OWN = ['v1/Event', 'events.k8s.io/v1/Event', 'v1/Namespace'];
const NAMESPACE_OBJECTS = ['v1/ServiceAccount default', 'v1/ConfigMap kube-root-ca.crt'];

/**
 * Everything left of a claim: all objects in its namespace, of every kind the API server serves, and the cluster-scoped
 * ones that name it. The kinds come from discovery, so that a kind nobody thought of is not overlooked.
 */
export async function leftovers(kube: Kube, namespace: string, claim: string): Promise<string[]> {
  const left: string[] = [];
  for (const { gvk, namespaced } of await servedKinds(kube)) {
    if (NAMESPACE_OWN.includes(gvk)) continue;
    const objects = await kube.list(gvk, namespaced ? { namespace } : {}).catch(noneIfUnlisted);
    const ours = namespaced ? objects : objects.filter(object => belongsTo(object, namespace, claim));
    left.push(...ours.map(object => `${gvk} ${object.metadata.name}`));
  }
  return left.filter(entry => !NAMESPACE_OBJECTS.includes(entry));
}

/** A kind may stop being served between discovery and list, and some cannot be listed at all. */
function noneIfUnlisted(error: unknown): KubeObject[] {
  if (error instanceof KubeError && (error.status === 404 || error.status === 405)) return [];
  throw error;
}

/** By labels, not by names: the names of two claims' objects may begin alike. */
function belongsTo(object: KubeObject, namespace: string, claim: string): boolean {
  const labels = object.metadata.labels ?? {};
  if (text(object, 'spec', 'claimRef', 'namespace') === namespace && object.kind === 'PersistentVolume') return true;
  return labels['crossplane.io/claim-namespace'] === namespace && labels['crossplane.io/claim-name'] === claim;
}

async function servedKinds(kube: Kube): Promise<{ gvk: GVK; namespaced: boolean }[]> {
  const groups = await kube.raw('GET', '/apis');
  const paths = [
    '/api/v1',
    ...list(groups.body, 'groups').map(group => `/apis/${text(group, 'preferredVersion', 'groupVersion')}`),
  ];
  const resources = await Promise.all(paths.map(path => kube.raw('GET', path)));
  return resources.flatMap(({ body }) =>
    list(body, 'resources')
      .filter(resource => list(resource, 'verbs').includes('list') && !text(resource, 'name')?.includes('/'))
      .map(resource => ({
        gvk: `${text(body, 'groupVersion')}/${text(resource, 'kind')}` as const,
        namespaced: at(resource, 'namespaced') === true,
      })),
  );
}
