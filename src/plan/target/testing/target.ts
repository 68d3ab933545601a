import type { NodePoolSpec } from '../../../api/parts/node-pool.ts';
import { clusterSpec } from '../../../api/v1alpha1/cluster.ts';
import { nodeGroup } from '../../../api/v1alpha1/node-group.ts';
import type { JsonObject } from '../../../base/json.ts';
import { type Catalog, hikubeCatalog } from '../../../catalog/index.ts';
import type { Accepted } from '../../children.ts';
import { refusalsIn, warningsIn } from '../../finding.ts';
import { fromV1alpha1, groupOf } from '../../request/v1alpha1.ts';
import type { TargetContext } from '../context.ts';
import { planNodePool } from '../node-pool/index.ts';

/** What a target is made of, for a claim like this of cluster `shop` in namespace `acme`. */
export function targetContext(
  spec: JsonObject = {},
  { catalog = hikubeCatalog, accepted = { pools: {} } }: { catalog?: Catalog; accepted?: Accepted } = {},
): TargetContext {
  return {
    cluster: { namespace: 'acme', name: 'shop' },
    request: fromV1alpha1(clusterSpec.parse(spec)).request,
    catalog,
    accepted,
    reservations: { get: () => 'ours' },
  };
}

/** The node group `web` of s1.large, unless another type is asked for, as v1.34 would get it. */
export function plannedGroup(
  asked: object,
  given: { catalog?: Catalog; accepted?: NodePoolSpec | undefined; version?: string } = {},
) {
  const { catalog = hikubeCatalog, accepted, version = hikubeCatalog.versions['v1.34']?.patch ?? '' } = given;
  const { findings, ...plan } = planNodePool(groupOf('web', nodeGroup.parse({ instanceType: 's1.large', ...asked })), {
    ...targetContext({}, { catalog, accepted: { pools: accepted ? { web: accepted } : {} } }),
    version,
    zones: hikubeCatalog.zones,
    storageClass: 'replicated',
  });
  return { ...plan, problems: refusalsIn(findings), warnings: warningsIn(findings) };
}
