import type { Release } from '../../../../api/parts/addons.ts';
import type { JsonObject } from '../../../../base/json.ts';
import { hikubeCatalog } from '../../../../catalog/index.ts';
import { acceptedOf, NOTHING_OBSERVED, type ObservedCluster } from '../../../observed.ts';
import { targetContext } from '../../testing/target.ts';
import { addonReleases } from '../index.ts';
import type { AddonContext } from '../types.ts';

const WEB = { instanceType: 's1.large', minReplicas: 1, roles: ['ingress-nginx'] };

/** What add-ons see of a claim with these add-ons and node groups. */
export function contextOf(
  addons: JsonObject,
  nodeGroups: JsonObject = { web: WEB },
  observed: ObservedCluster = NOTHING_OBSERVED,
): AddonContext {
  return {
    ...targetContext({ addons, nodeGroups }, { accepted: acceptedOf(observed) }),
    version: hikubeCatalog.versions[hikubeCatalog.defaultVersion]?.patch ?? '',
    network: hikubeCatalog.network,
    storageClass: 'replicated',
  };
}

/** The releases such a claim means, once all that waits has come. */
export function releasesOf(
  addons: JsonObject,
  nodeGroups?: JsonObject,
  observed?: ObservedCluster,
): Record<string, Release> {
  return addonReleases(contextOf(addons, nodeGroups, observed)).releases;
}

/** Codes and paths of what is said about such a claim. */
export function warningsOf(addons: JsonObject, nodeGroups?: JsonObject): string[] {
  return addonReleases(contextOf(addons, nodeGroups)).findings.map(({ code, path }) => `${code} at ${path}`);
}
