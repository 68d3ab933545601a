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

/** Reasons after which Flux tries again by itself but which somebody should look at. */
const FAILURES = [
  'InstallFailed',
  'UpgradeFailed',
  'RollbackFailed',
  'UninstallFailed',
  'TestFailed',
  'ArtifactFailed',
  'ValuesError',
  'RetriesExceeded',
];

/** Flux HelmRelease: ready when the current values are installed. */
export const helmRelease: ReadinessRule = {
  apiVersion: 'helm.toolkit.fluxcd.io/v2',
  kind: 'HelmRelease',
  check(object) {
    const condition = conditionOf(object, 'Ready');
    if (condition?.status === 'True' && !isStale(object)) return ready;
    const why = condition?.message || 'no reason given';
    if (isTrue(object, 'Stalled')) return failed(conditionOf(object, 'Stalled')?.message || why);
    if (condition?.status === 'False' && FAILURES.includes(condition.reason)) return failed(why);
    if (condition?.reason === 'DependencyNotReady') return progressing('waits for the releases it depends on');
    return progressing('being installed');
  },
  readyStatus: object => ({
    ...observedGeneration(object),
    conditions: trueConditions(object, { Ready: 'InstallSucceeded', Released: 'InstallSucceeded' }),
    history: [{ name: stringAt(object, 'spec', 'releaseName') ?? object.metadata.name, status: 'deployed' }],
  }),
};
