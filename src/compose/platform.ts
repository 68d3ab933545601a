import { type PlatformSpec, platformSpec } from '../api/children/platform.ts';
import { renderPlatform } from '../render/platform/index.ts';
import { parseSpec } from './child.ts';
import { explain, judge, RECHECK_SECONDS } from './observe.ts';
import type { Composer } from './types.ts';

/** HikubePlatform: storage classes, instance types and chart sources, from the catalogue the clusters are planned with. */
export const composePlatform: Composer = ({ composite, observed, catalog }) => {
  const spec = parseSpec<PlatformSpec>(platformSpec, composite);
  const hasNamespace = observed.has('namespace');
  // Refused for want of their namespace, they would abort Crossplane's whole round, the namespace included.
  const possible = [...renderPlatform(spec, catalog)].filter(([, { metadata }]) => hasNamespace || !metadata.namespace);
  const judged = judge(new Map(possible), observed);
  const message = explain(judged);
  return {
    desired: judged.desired,
    ...(!hasNamespace && { ready: false }),
    status: message === undefined ? {} : { message },
    conditions: [],
    notices: [],
    requirements: new Map(),
    ...(message === undefined ? {} : { recheckAfterSeconds: RECHECK_SECONDS }),
  };
};
