import type { KubeObject } from '../../base/object.ts';

/** What a person calls an object: `HikubeCluster acme/demo`. */
export function titleOf({ kind, metadata }: KubeObject): string {
  return `${kind} ${metadata.namespace ? `${metadata.namespace}/` : ''}${metadata.name}`;
}
