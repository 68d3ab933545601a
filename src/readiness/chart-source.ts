import { stringAt } from '../base/json.ts';
import {
  conditionOf,
  failed,
  isStale,
  isTrue,
  observedGeneration,
  progressing,
  ready,
  trueConditions,
} from './conditions.ts';
import type { ReadinessRule } from './types.ts';

/** Flux OCIRepository: ready when the chart was fetched. */
export const ociRepository: ReadinessRule = chartSource('OCIRepository');

/** Flux HelmRepository: ready when the index was fetched. */
export const helmRepository: ReadinessRule = chartSource('HelmRepository');

function chartSource(kind: string): ReadinessRule {
  return {
    apiVersion: 'source.toolkit.fluxcd.io/v1',
    kind,
    check(object) {
      // Flux does not reconcile Helm repositories of type oci: they never get a status.
      if (stringAt(object, 'spec', 'type') === 'oci') return ready;
      const condition = conditionOf(object, 'Ready');
      if (condition?.status === 'True' && !isStale(object)) return ready;
      if (condition?.status === 'False' && !isTrue(object, 'Reconciling')) {
        return failed(`cannot be fetched: ${condition.message}`);
      }
      return progressing('being fetched');
    },
    readyStatus: object => ({
      ...observedGeneration(object),
      conditions: trueConditions(object, { Ready: 'Succeeded' }),
    }),
  };
}
