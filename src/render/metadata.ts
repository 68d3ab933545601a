import { CLUSTER_LABEL } from '../base/labels.ts';
import type { ClusterId } from '../base/names.ts';
import type { ObjectMeta } from '../base/object.ts';

/** Metadata of an object in the claim's namespace. */
export function metadataOf(id: ClusterId, name: string, labels: Record<string, string> = {}): ObjectMeta {
  return { name, namespace: id.namespace, labels: { [CLUSTER_LABEL]: id.name, ...labels } };
}
