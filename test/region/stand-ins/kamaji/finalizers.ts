import { at, num } from '../../json.ts';
import type { KubeObject } from '../../kube.ts';

/** The finalizer that a living etcd takes off. */
export const STORAGE_FINALIZER = 'finalizer.kamaji.clastix.io';

/** The finalizer of what Kamaji looks after inside the tenant. */
export const INSIDE_FINALIZER = 'finalizer.kamaji.clastix.io/soot';

/** The finalizers of a tenant that lives: Kamaji stops looking inside while it sleeps, so the second goes. */
export function finalizersOf(tenant: KubeObject): string[] {
  const others = (tenant.metadata.finalizers ?? []).filter(entry => entry !== INSIDE_FINALIZER);
  const sleeps = num(at(tenant, 'spec', 'controlPlane', 'deployment', 'replicas')) === 0;
  return [...new Set([...others, STORAGE_FINALIZER, ...(sleeps ? [] : [INSIDE_FINALIZER])])];
}
