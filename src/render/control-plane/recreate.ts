import { type JsonObject, numberAt, objectAt, stringAt } from '../../base/json.ts';
import type { KubeObject } from '../../base/object.ts';

/** One pod at a time, the old one first, as a rolling update says it. */
const OLD_FIRST = { maxSurge: 0, maxUnavailable: 1 };

/**
 * The strategy of a Deployment whose pods must not run side by side.
 *
 * One that was made without a strategy holds the API server's default, which belongs to nobody, so that applying
 * `Recreate` over it is refused. It is taken over first, by values that already do the same, and left out in the
 * next round: what its owner leaves out goes.
 */
export function recreate(observed: KubeObject | undefined): JsonObject {
  const rolling = objectAt(observed, 'spec', 'strategy', 'rollingUpdate');
  const ours =
    numberAt(rolling, 'maxSurge') === OLD_FIRST.maxSurge &&
    numberAt(rolling, 'maxUnavailable') === OLD_FIRST.maxUnavailable;
  if (stringAt(observed, 'spec', 'strategy', 'type') !== 'RollingUpdate' || ours) return { type: 'Recreate' };
  return { type: 'RollingUpdate', rollingUpdate: { ...OLD_FIRST } };
}
