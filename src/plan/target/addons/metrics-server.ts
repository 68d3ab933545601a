import { release } from './release.ts';
import type { Addon } from './types.ts';

/** Metrics for `kubectl top` and autoscaling of workloads; always there (H79). */
export const metricsServer: Addon = {
  wanted: () => true,
  releases: context => ({
    'metrics-server': release(context, 'metrics-server', {
      values: {
        // Nobody signs the kubelets' serving certificates, so they cannot be verified; the network is the cluster's own.
        args: ['--kubelet-insecure-tls'],
        containerPort: 4443,
      },
    }),
  }),
};
