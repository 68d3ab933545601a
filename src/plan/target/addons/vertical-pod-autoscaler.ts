import { readOverride } from './override.ts';
import { release } from './release.ts';
import type { Addon, AddonContext } from './types.ts';

const NAME = 'vertical-pod-autoscaler';

/** Vertical pod autoscaler, installed when its block is given: the claim has no switch for it. */
export const verticalPodAutoscaler: Addon = {
  releases(context) {
    if (!context.spec.addons.verticalPodAutoscaler) return {};
    return { [NAME]: release(context, NAME, { override: override(context).values, dependsOn: ['metrics-server'] }) };
  },
  warnings: context => override(context).warnings,
};

function override({ spec }: AddonContext) {
  return readOverride(
    spec.addons.verticalPodAutoscaler?.valuesOverride,
    'spec.addons.verticalPodAutoscaler.valuesOverride',
    ['verticalPodAutoscaler', NAME, 'vpa'],
  );
}
