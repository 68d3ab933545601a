import type { IngressEngine } from '../../../../api/ingress-engines.ts';
import { type JsonObject, objectAt, stringAt } from '../../../../base/json.ts';
import type { Values } from '../types.ts';

/**
 * Where an engine runs: `main` under the documented Deployment name, or `bridge` beside it while the engine is changed,
 * because two Deployments cannot bear one name.
 */
export type Slot = 'main' | 'bridge';
export const SLOTS: readonly Slot[] = ['main', 'bridge'];

/** An engine in a slot. */
export interface Runner {
  engine: IngressEngine;
  slot: Slot;
}

/** Release that holds the class and the Service, which no engine owns. */
export const FRONT = 'ingress';

/** Chart and role go by the name of the engine that was the only one. */
export const ROLE = 'ingress-nginx';

/** Release of an engine in a slot. A release never changes its chart: labels that tie a Deployment to its Pods cannot change. */
export function releaseOf({ engine, slot }: Runner): string {
  return slot === 'main' ? `ingress-${engine}` : `ingress-${engine}-bridge`;
}

/** What of the names a tenant may have changed in the values of the nginx chart. */
export function namesIn(given: Values) {
  const base = stringAt(given, 'fullnameOverride') ?? ROLE;
  return {
    /** Documented name of Service and Deployment (D36). */
    controller: `${base}-controller`,
    className: stringAt(given, 'controller', 'ingressClassResource', 'name') ?? 'nginx',
    controllerClass: stringAt(given, 'controller', 'ingressClassResource', 'controllerValue') ?? 'k8s.io/ingress-nginx',
  };
}

/** Labels of an engine's Pods, and the names its ports have there. */
export function podsOf(
  runner: Runner,
  given: Values,
): { selector: JsonObject; ports: { http: string; https: string } } {
  const instance = { 'app.kubernetes.io/instance': releaseOf(runner) };
  return runner.engine === 'traefik'
    ? { selector: { 'app.kubernetes.io/name': 'traefik', ...instance }, ports: { http: 'web', https: 'websecure' } }
    : {
        selector: {
          'app.kubernetes.io/name': stringAt(given, 'nameOverride') ?? ROLE,
          ...instance,
          'app.kubernetes.io/component': 'controller',
        },
        ports: { http: 'http', https: 'https' },
      };
}

/** Values given for the Service, by the keys of the nginx chart. */
export function serviceIn(given: Values): JsonObject {
  return objectAt(given, 'controller', 'service');
}
