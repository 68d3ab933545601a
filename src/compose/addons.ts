import { type AddonsSpec, type AddonsStatus, addonsSpec } from '../api/parts/addons.ts';
import { fingerprint } from '../base/fingerprint.ts';
import { type JsonObject, objectAt, stringAt } from '../base/json.ts';
import type { KubeObject } from '../base/object.ts';
import { present } from '../base/present.ts';
import { readiness } from '../readiness/index.ts';
import { renderAddons } from '../render/addons/index.ts';
import { leavingReleases } from '../render/addons/leaving.ts';
import { composeChild } from './child.ts';
import type { Composer } from './types.ts';

/** HikubeAddons: the releases Flux installs into the tenant cluster. */
export const composeAddons: Composer = input =>
  composeChild<AddonsSpec>(
    {
      schema: addonsSpec,
      render: renderAddons,
      leaving: (spec, { observed }) => leavingReleases(spec, observed),
      status: (spec, { observed }) => ({ releases: releaseStatus(spec, observed) }),
    },
    input,
  );

type ReleaseStatus = NonNullable<AddonsStatus['releases']>[string];

/** State of each release, by add-on name. */
function releaseStatus(spec: AddonsSpec, observed: ReadonlyMap<string, KubeObject>): JsonObject {
  const addons = [...new Set([...Object.keys(spec.releases), ...observed.keys()])].sort();
  return Object.fromEntries(
    addons.map(addon => {
      const object = observed.get(addon);
      if (!spec.releases[addon] || object?.metadata.deletionTimestamp) return [addon, { state: 'Removing' }];
      // Steps of a change of the ingress engine wait for exactly these values.
      const values = spec.ingress && object ? { values: fingerprint(objectAt(object, 'spec', 'values')) } : {};
      return [addon, { ...statusOf(object), ...values }];
    }),
  );
}

function statusOf(object: KubeObject | undefined): ReleaseStatus {
  const state = readiness(object);
  const version = stringAt(object, 'status', 'history', 0, 'chartVersion');
  if (state.state === 'ready') return present({ version, state: 'Ready' });
  return present({ version, state: state.state === 'failed' ? 'Failed' : 'Progressing', message: state.message });
}
