import { type AddonsSpec, type AddonsStatus, addonsSpec } from '../api/children/addons.ts';
import { type JsonObject, stringAt } from '../api/json.ts';
import type { KubeObject } from '../api/object.ts';
import { readiness } from '../readiness/index.ts';
import { renderAddons } from '../render/addons/index.ts';
import { composeChild } from './child.ts';
import type { Composer } from './types.ts';

/** HikubeAddons: the releases Flux installs into the tenant cluster. */
export const composeAddons: Composer = input =>
  composeChild<AddonsSpec>(
    {
      schema: addonsSpec,
      render: renderAddons,
      status: (spec, { observed }) => ({ releases: releaseStatus(spec, observed) }),
    },
    input,
  );

type ReleaseStatus = NonNullable<AddonsStatus['releases']>[string];

/** State of each release, by add-on name. */
function releaseStatus(spec: AddonsSpec, observed: ReadonlyMap<string, KubeObject>): JsonObject {
  const addons = Object.keys(spec.releases).sort();
  return Object.fromEntries(addons.map(addon => [addon, { ...statusOf(observed.get(addon)) }]));
}

function statusOf(object: KubeObject | undefined): ReleaseStatus {
  const state = readiness(object);
  const version = stringAt(object, 'status', 'history', 0, 'chartVersion');
  return {
    ...(version === undefined ? {} : { version }),
    ...(state.state === 'ready'
      ? { state: 'Ready' }
      : { state: state.state === 'failed' ? 'Failed' : 'Progressing', message: state.message }),
  };
}
