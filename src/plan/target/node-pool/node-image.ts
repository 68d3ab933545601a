import type { NodePoolSpec } from '../../../api/parts/node-pool.ts';
import { entryOf } from '../../../base/json.ts';
import type { Catalog } from '../../../catalog/index.ts';
import { compareVersions, minorKey } from '../version.ts';

/** A version of Kubernetes and the node image that holds it. */
export type NodeImage = Pick<NodePoolSpec, 'version' | 'image'>;

export interface NodeImageContext {
  catalog: Catalog;
  /** Version of the control plane that the nodes may have. */
  version: string;
  /** The group as it was let through, if it was. */
  accepted: NodeImage | undefined;
  /** All groups of the cluster as they were let through. */
  pools: Readonly<Record<string, NodeImage>>;
}

/**
 * The version and image nodes get: never newer than the control plane, never older than what they run, and always the
 * two that belong together (H47). Where no image of the patch is known, running nodes keep what they have.
 *
 * @returns undefined where a new group has no image yet: the catalogue's is newer than the control plane, or is none
 */
export function nodeImage({ catalog, version, accepted, pools }: NodeImageContext): NodeImage | undefined {
  const offered = offeredImage(catalog, version);
  const isOffered = entryOf(catalog.versions, minorKey(version)) !== undefined;
  const sibling = isOffered ? Object.values(pools).find(pool => pool.version === version) : undefined;
  if (!accepted) return offered ?? (sibling && { version, image: sibling.image });
  const kept = { version: accepted.version, image: accepted.image };
  if (compareVersions(version, accepted.version) <= 0) {
    const same = offeredImage(catalog, accepted.version);
    return same?.version === accepted.version ? same : kept;
  }
  if (offered && compareVersions(offered.version, accepted.version) > 0) return offered;
  return sibling ? { version, image: sibling.image } : kept;
}

/** The catalogue's image of a minor, unless it is newer than the version. */
function offeredImage(catalog: Catalog, version: string): NodeImage | undefined {
  const entry = entryOf(catalog.versions, minorKey(version));
  if (!entry || compareVersions(entry.patch, version) > 0) return undefined;
  return { version: entry.patch, image: entry.nodeImage };
}
