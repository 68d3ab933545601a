import { at, isObject, type Json, type JsonObject } from '../../../../base/json.ts';
import { merged } from '../release.ts';
import type { Values } from '../types.ts';

/** Values of the ingress-nginx chart and where the Traefik chart has the same. */
const SAME: readonly (readonly [string, string])[] = [
  ['controller.replicaCount', 'deployment.replicas'],
  ['controller.resources', 'resources'],
  ['controller.nodeSelector', 'nodeSelector'],
  ['controller.tolerations', 'tolerations'],
  ['controller.affinity', 'affinity'],
  ['controller.priorityClassName', 'priorityClassName'],
  ['controller.podAnnotations', 'deployment.podAnnotations'],
  ['controller.podLabels', 'deployment.podLabels'],
  ['controller.terminationGracePeriodSeconds', 'deployment.terminationGracePeriodSeconds'],
  ['controller.allowSnippetAnnotations', 'providers.kubernetesIngressNGINX.allowSnippetAnnotations'],
  ['controller.watchIngressWithoutClass', 'providers.kubernetesIngressNGINX.watchIngressWithoutClass'],
];

/** Read elsewhere: for the Service and the class, which are no engine's, and what both engines are and do anyway. */
const KNOWN = [
  'controller.service',
  'controller.ingressClassResource',
  'controller.metrics.enabled',
  'controller.kind',
  'fullnameOverride',
  'nameOverride',
];

/** A tenant's values for ingress-nginx as values for Traefik, and the paths of those that Traefik has no use for. */
export function translated(given: Values): { values: Values; ignored: string[] } {
  const values = SAME.reduce<Values>((result, [from, to]) => {
    const found = jsonAt(given, from);
    return found === undefined ? result : merged(result, nested(to.split('.'), found));
  }, {});
  const understood = [...SAME.map(([from]) => from), ...KNOWN];
  const ignored = leaves(given).filter(
    path => !understood.some(known => path === known || path.startsWith(`${known}.`)),
  );
  return { values, ignored };
}

function jsonAt(given: Values, path: string): Json | undefined {
  const keys = path.split('.');
  const last = keys.pop() ?? '';
  const holder = keys.length === 0 ? given : at(given, ...keys);
  return isObject(holder) ? holder[last] : undefined;
}

function nested(keys: readonly string[], value: Json): JsonObject {
  const [key = '', ...rest] = keys;
  return { [key]: rest.length === 0 ? value : nested(rest, value) };
}

function leaves(value: JsonObject, here = ''): string[] {
  return Object.entries(value).flatMap(([key, entry]) => {
    const path = here === '' ? key : `${here}.${key}`;
    return isObject(entry) && Object.keys(entry).length > 0 ? leaves(entry, path) : [path];
  });
}
