import { release } from './release.ts';
import type { Addon } from './types.ts';

const NAME = 'vertical-pod-autoscaler';

/** Vertical pod autoscaler, installed when its block is given: the claim has no switch for it. */
export const verticalPodAutoscaler: Addon = {
  key: 'verticalPodAutoscaler',
  spellings: ['verticalPodAutoscaler', NAME, 'vpa'],
  wanted: ({ request }) => request.addons.verticalPodAutoscaler !== undefined,
  releases: (context, override) => ({ [NAME]: release(context, NAME, { override, dependsOn: ['metrics-server'] }) }),
};
