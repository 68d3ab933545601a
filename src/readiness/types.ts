import type { JsonObject } from '../base/json.ts';
import type { KubeObject } from '../base/object.ts';

/** State of one observed object, with a message a tenant understands. */
export type Readiness =
  | { state: 'ready' }
  | { state: 'progressing'; message: string }
  | { state: 'failed'; message: string };

/** Readiness of one kind; a file each, listed by the registry (decision readiness-per-kind). */
export interface ReadinessRule {
  apiVersion: string;
  kind: string;
  /** Judges an object that exists; compares observedGeneration wherever the kind reports it. */
  check(object: KubeObject): Readiness;
  /** The status this object has once ready, or undefined for kinds that have none: for offline rendering and tests. */
  readyStatus(object: KubeObject): JsonObject | undefined;
}
