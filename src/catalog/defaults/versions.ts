import type { Catalog, CatalogVersion } from '../schema.ts';

/**
 * Minors of Hikube and today's with the patch, node image and components behind each. v1.30 is below what the
 * platform's Cluster API manages: it is there for clusters that run it.
 */
export const versions: Catalog['versions'] = {
  'v1.30': entry('v1.30.14', 'v1.30.7', 'expired', '2025-06-28'),
  'v1.31': entry('v1.31.14', 'v1.31.5', 'expired', '2025-11-11'),
  'v1.32': entry('v1.32.13', 'v1.32.7', 'expired', '2026-02-28'),
  'v1.33': entry('v1.33.13', 'v1.33.5', 'expired', '2026-06-28'),
  'v1.34': entry('v1.34.13', 'v1.34.4', 'expired', '2026-10-27'),
  // The tunnel image v0.35.0, which Kamaji would derive, came half a year late; clusters run on this one.
  'v1.35': { ...entry('v1.35.10', 'v1.35.2', 'supported', '2027-02-28'), konnectivity: 'v0.34.0' },
  'v1.36': entry('v1.36.6', 'v1.36.1', 'supported', '2027-06-28'),
};

function entry(patch: string, autoscaler: string, state: CatalogVersion['state'], endOfLife: string): CatalogVersion {
  return {
    patch,
    state,
    endOfLife,
    nodeImage: `ghcr.io/hidoraswiss/hikube-node:${patch}`,
    // The Kubernetes image-builder, from which CAPK's images come, builds disks of 20480 MiB.
    minDisk: '20Gi',
    autoscaler: `registry.k8s.io/autoscaling/cluster-autoscaler:${autoscaler}`,
  };
}
