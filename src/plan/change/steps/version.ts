import { present } from '../../../base/present.ts';
import { versionedParts } from '../../target/control-plane.ts';
import type { Steps } from './types.ts';

/** The control plane goes to another version, and what follows its version with it. */
export const version: Steps = (target, { accepted, facts: { catalog } }) => {
  const from = accepted.controlPlane?.version;
  const to = target.controlPlane.version;
  if (from === undefined || from === to) return [];
  return [
    {
      kind: 'version',
      part: 'control-plane',
      path: 'spec.version',
      from,
      to,
      without: children => {
        const { konnectivityVersion: _, ...controlPlane } = children.controlPlane;
        const { autoscaler, konnectivityVersion } = versionedParts(from, catalog, accepted.controlPlane);
        const images = { ...controlPlane.images, autoscaler };
        return {
          ...children,
          controlPlane: { ...controlPlane, version: from, images, ...present({ konnectivityVersion }) },
        };
      },
    },
  ];
};
