import { type PlatformSpec, platformSpec } from '../api/children/platform.ts';
import { renderPlatform } from '../render/platform/index.ts';
import { parseSpec } from './child.ts';
import { explain, judge } from './observe.ts';
import type { Composer } from './types.ts';

/** HikubePlatform: storage classes, instance types and chart sources, from the catalogue the clusters are planned with. */
export const composePlatform: Composer = ({ composite, observed, catalog }) => {
  const spec = parseSpec<PlatformSpec>(platformSpec, composite);
  const judged = judge(renderPlatform(spec, catalog), observed);
  const message = explain(judged);
  return {
    desired: judged.desired,
    status: message === undefined ? {} : { message },
    conditions: [],
    notices: [],
    requirements: new Map(),
  };
};
