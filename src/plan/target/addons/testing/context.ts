import type { Release } from '../../../../api/parts/addons.ts';
import { clusterSpec } from '../../../../api/v1alpha1/cluster.ts';
import type { JsonObject } from '../../../../base/json.ts';
import { hikubeCatalog } from '../../../../catalog/index.ts';
import { NOTHING_OBSERVED, type ObservedCluster } from '../../../observed.ts';
import { addonReleases } from '../index.ts';
import type { AddonContext } from '../types.ts';

const WEB = { instanceType: 's1.large', minReplicas: 1, roles: ['ingress-nginx'] };

/** What add-ons see of a claim with these add-ons and node groups. */
export function contextOf(
  addons: JsonObject,
  nodeGroups: JsonObject = { web: WEB },
  observed: ObservedCluster = NOTHING_OBSERVED,
): AddonContext {
  const spec = clusterSpec.parse({ addons, nodeGroups });
  const groups = Object.values(spec.nodeGroups);
  return {
    cluster: { namespace: 'acme', name: 'shop' },
    spec,
    catalog: hikubeCatalog,
    kubernetes: { reached: hikubeCatalog.defaultVersion, nodes: undefined, target: hikubeCatalog.defaultVersion },
    hasGpus: groups.some(group => (group.gpus ?? []).length > 0),
    observed,
    roles: new Set(groups.flatMap(group => group.roles ?? [])),
    network: hikubeCatalog.network,
    storageClass: 'replicated',
  };
}

/** The releases of such a claim. */
export function releasesOf(
  addons: JsonObject,
  nodeGroups?: JsonObject,
  observed?: ObservedCluster,
): Record<string, Release> {
  return addonReleases(contextOf(addons, nodeGroups, observed)).releases;
}

/** Codes and paths of the warnings about such a claim. */
export function warningsOf(addons: JsonObject, nodeGroups?: JsonObject): string[] {
  return addonReleases(contextOf(addons, nodeGroups)).warnings.map(({ code, path }) => `${code} at ${path}`);
}
