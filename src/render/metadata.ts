import type { ClusterId } from '../base/names.ts';
import type { ObjectMeta } from '../base/object.ts';

/** Label by which everything of a cluster is found. */
export const CLUSTER_LABEL = 'hikube.cloud/cluster';

/** Metadata of an object in the claim's namespace. */
export function metadataOf(id: ClusterId, name: string, labels: Record<string, string> = {}): ObjectMeta {
  return { name, namespace: id.namespace, labels: { [CLUSTER_LABEL]: id.name, ...labels } };
}
