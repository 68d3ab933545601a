import { entryOf } from '../../../base/json.ts';
import type { Step, Steps } from './types.ts';

/** Releases go that nobody switched off, because nothing asks for them any more. */
export const releases: Steps = (target, { accepted, unneeded }) =>
  unneeded.flatMap((release): Step[] => {
    const before = entryOf(accepted.addons?.releases ?? {}, release);
    if (!before || Object.hasOwn(target.addons.releases, release)) return [];
    return [
      {
        kind: 'release-unneeded',
        part: 'addons',
        path: 'spec.addons',
        release,
        without: ({ addons, ...children }) => ({
          ...children,
          addons: { ...addons, releases: { ...addons.releases, [release]: before } },
        }),
      },
    ];
  });
