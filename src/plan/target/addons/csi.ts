import type { JsonObject } from '../../../base/json.ts';
import { release } from './release.ts';
import type { Addon, AddonContext } from './types.ts';

/** Storage classes and the node half of the CSI driver, from our own chart; the controller half runs on the platform. */
export const csi: Addon = {
  wanted: () => true,
  releases(context) {
    const { csiDriver, csiNodeDriverRegistrar, csiLivenessProbe } = context.catalog.images;
    return {
      csi: release(context, 'csi', {
        values: {
          csi: {
            enabled: true,
            images: { driver: csiDriver, registrar: csiNodeDriverRegistrar, livenessProbe: csiLivenessProbe },
          },
          storageClasses: storageClasses(context),
        },
        essential: true,
      }),
    };
  },
};

/** Every class of the platform under its own name; the cluster's is the default, even once it is no longer offered. */
function storageClasses({ catalog, storageClass }: AddonContext): JsonObject[] {
  const names = new Set([...Object.keys(catalog.storageClasses), storageClass]);
  return [...names].sort().map(name => ({ name, infraStorageClassName: name, default: name === storageClass }));
}
