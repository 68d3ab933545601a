import type { JsonObject } from '../base/json.ts';
import { listAt, numberAt, stringAt } from '../base/json.ts';
import type { KubeObject } from '../base/object.ts';
import { present } from '../base/present.ts';
import type { Readiness } from './types.ts';

/** A condition as a controller wrote it; missing parts read as empty. */
export interface ObservedCondition {
  status: string;
  reason: string;
  message: string;
}

export const ready: Readiness = { state: 'ready' };

export function progressing(message: string): Readiness {
  return { state: 'progressing', message };
}

export function failed(message: string): Readiness {
  return { state: 'failed', message };
}

/**
 * The condition of a type, or `undefined` when it is absent or was written for an older generation: what a controller
 * said before the last change says nothing about it.
 */
export function conditionOf(object: KubeObject, type: string): ObservedCondition | undefined {
  const found = listAt(object, 'status', 'conditions').find(entry => stringAt(entry, 'type') === type);
  if (found === undefined || isOlder(numberAt(found, 'observedGeneration'), object)) return undefined;
  return {
    status: stringAt(found, 'status') ?? 'Unknown',
    reason: stringAt(found, 'reason') ?? '',
    message: oneLine(stringAt(found, 'message') ?? ''),
  };
}

/** Whether a current condition of a type is True. */
export function isTrue(object: KubeObject, type: string): boolean {
  return conditionOf(object, type)?.status === 'True';
}

/** Whether the status as a whole was written for an older generation; kinds that do not report one are never stale. */
export function isStale(object: KubeObject): boolean {
  return isOlder(numberAt(object, 'status', 'observedGeneration'), object);
}

/** Conditions as a controller writes them when all is well; without times, so that the same input gives the same output. */
export function trueConditions(object: KubeObject, types: Record<string, string>): JsonObject[] {
  return Object.entries(types).map(([type, reason]) => ({
    type,
    status: 'True',
    reason,
    message: '',
    ...observedGeneration(object),
  }));
}

/** The `observedGeneration` of an up-to-date status, for objects that an API server has given a generation. */
export function observedGeneration(object: KubeObject): JsonObject {
  return present({ observedGeneration: numberAt(object, 'metadata', 'generation') });
}

function isOlder(observed: number | undefined, object: KubeObject): boolean {
  const generation = numberAt(object, 'metadata', 'generation');
  return observed !== undefined && generation !== undefined && observed < generation;
}

function oneLine(text: string): string {
  return text.replace(/\s+/g, ' ').trim();
}
