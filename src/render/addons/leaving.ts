import type { AddonsSpec } from '../../api/parts/addons.ts';
import { booleanAt } from '../../base/json.ts';
import type { KubeObject } from '../../base/object.ts';
import type { Leaving } from '../types.ts';

/** Which releases may go: those the cluster is to have no more. Its network and storage never leave it. */
export function leavingReleases(
  { releases }: Pick<AddonsSpec, 'releases'>,
  observed: ReadonlyMap<string, KubeObject>,
): Leaving {
  const unwanted = [...observed].filter(
    ([addon, object]) => object.kind === 'HelmRelease' && !Object.hasOwn(releases, addon) && !isEssential(object),
  );
  return new Map(unwanted.map(([addon]) => [addon, `the cluster is to have the release ${addon} no more`]));
}

/** Only essential releases are uninstalled without their hooks. */
function isEssential(release: KubeObject): boolean {
  return booleanAt(release, 'spec', 'uninstall', 'disableHooks') === true;
}
