import { release } from './release.ts';
import type { Addon } from './types.ts';

/** Resource definitions of the Gateway API; Cilium, which serves them, waits for these (H74). */
export const gatewayApi: Addon = {
  key: 'gatewayAPI',
  releases: context => ({ 'gateway-api': release(context, 'gateway-api', { dependsOn: [] }) }),
};
