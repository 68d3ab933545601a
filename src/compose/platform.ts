import { type PlatformSpec, type PlatformStatus, platformSpec } from '../api/platform.ts';
import { present } from '../base/present.ts';
import type { Catalog } from '../catalog/index.ts';
import { renderPlatform } from '../render/platform/index.ts';
import { inServedVersion } from '../render/platform/instance-type.ts';
import { PLATFORM } from '../render/platform/resource-names.ts';
import { parseSpec } from './child.ts';
import { explain, judge, RECHECK_SECONDS } from './judge.ts';
import { leavingStatus } from './leaving-status.ts';
import { keptObjects, keptStatus, removedObjects, stillOffered } from './platform-kept.ts';
import type { Composer } from './types.ts';

/**
 * HikubePlatform: storage classes, instance types and chart sources, from the catalogue the clusters are planned with.
 */
export const composePlatform: Composer = ({ composite, observed, catalog }) => {
  const spec = parseSpec<PlatformSpec>(platformSpec, composite);
  const rendered = renderPlatform(spec, catalog);
  const hasNamespace = observed.has(PLATFORM.namespace);
  // Refused for want of their namespace, they would abort Crossplane's whole round, the namespace included.
  const possible = [...rendered].filter(
    ([name, { metadata }]) => hasNamespace || !metadata.namespace || observed.has(name),
  );
  const judged = judge(new Map(possible), observed);
  const kept = keptObjects(spec.remove ?? {}, rendered, observed);
  // Nobody waits for what is no longer offered.
  for (const [name, object] of kept)
    judged.desired.set(name, { object: inServedVersion(object, catalog), ready: true });
  const leaving = removedObjects(spec.remove ?? {}, rendered, observed);
  const waiting = explain(judged);
  const message = waiting ?? stillOffered(spec.remove ?? {}, rendered);
  return present({
    desired: judged.desired,
    leaving,
    ready: hasNamespace ? undefined : false,
    status: { ...statusOf(catalog, [...kept.keys()]), ...present({ message }), ...leavingStatus(leaving) },
    conditions: [],
    notices: [],
    requirements: new Map(),
    recheckAfterSeconds: waiting === undefined ? undefined : RECHECK_SECONDS,
  });
};

function statusOf({ loadBalancers }: Catalog, kept: string[]): PlatformStatus {
  const { annotations, addresses } = loadBalancers;
  return present({
    loadBalancers: { annotations, addresses },
    kept: kept.length > 0 ? keptStatus(kept) : undefined,
  });
}
