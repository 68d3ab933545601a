import type { NodePoolSpec } from '../../../api/parts/node-pool.ts';
import { entryOf } from '../../../base/json.ts';
import type { Catalog } from '../../../catalog/index.ts';
import type { ObservedCluster } from '../../observed.ts';
import { compareVersions, minorKey } from '../version.ts';

/** A version of Kubernetes and the node image that holds it. */
export type NodeImage = Pick<NodePoolSpec, 'version' | 'image'>;

export interface NodeImageContext {
  catalog: Catalog;
  /** Version the control plane has reached, or is to run where there is none yet. */
  version: string;
  observed: ObservedCluster['pools'][string] | undefined;
  /** All groups of the cluster as observed. */
  pools: ObservedCluster['pools'];
}

/**
 * The version and image nodes get: never newer than the control plane, never older than what they run, and always the
 * two that belong together (H47). Where no image of the reached patch is known, running nodes keep what they have.
 *
 * @returns undefined where a new group has no image yet: the catalogue's is newer than the control plane, or is none
 */
export function nodeImage({ catalog, version, observed, pools }: NodeImageContext): NodeImage | undefined {
  const running = observed?.spec;
  const offered = offeredImage(catalog, version);
  const isOffered = entryOf(catalog.versions, minorKey(version)) !== undefined;
  const sibling = isOffered ? Object.values(pools).find(pool => pool.spec.version === version)?.spec : undefined;
  if (!running) return offered ?? (sibling && { version, image: sibling.image });
  if (compareVersions(version, running.version) <= 0) {
    const same = offeredImage(catalog, running.version);
    return same?.version === running.version ? same : { version: running.version, image: running.image };
  }
  if (offered && compareVersions(offered.version, running.version) > 0) return offered;
  return sibling ? { version, image: sibling.image } : { version: running.version, image: running.image };
}

/** The catalogue's image of a minor, unless it is newer than the version. */
function offeredImage(catalog: Catalog, version: string): NodeImage | undefined {
  const entry = entryOf(catalog.versions, minorKey(version));
  if (!entry || compareVersions(entry.patch, version) > 0) return undefined;
  return { version: entry.patch, image: entry.nodeImage };
}
