import type { Catalog, CatalogVersion } from '../schema.ts';

/** Supported minors (reference 2.5) with the patch, node image and components behind each. */
export const versions: Catalog['versions'] = {
  'v1.30': entry('v1.30.14', 'v1.30.7'),
  'v1.31': entry('v1.31.14', 'v1.31.5'),
  'v1.32': entry('v1.32.13', 'v1.32.4'),
  'v1.33': entry('v1.33.13', 'v1.33.3'),
  'v1.34': entry('v1.34.9', 'v1.34.2'),
  // The tunnel image v0.35.0, which Kamaji would derive, was never published.
  'v1.35': { ...entry('v1.35.6', 'v1.35.0'), konnectivity: 'v0.34.0' },
};

function entry(patch: string, autoscaler: string): CatalogVersion {
  return {
    patch,
    nodeImage: `ghcr.io/hidoraswiss/hikube-node:${patch}`,
    // The Kubernetes image-builder, from which CAPK's images come, builds disks of 20480 MiB.
    minDisk: '20Gi',
    autoscaler: `registry.k8s.io/autoscaling/cluster-autoscaler:${autoscaler}`,
  };
}
