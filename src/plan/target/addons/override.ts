import type { Addons } from '../../../api/v1alpha1/addons.ts';
import { at, booleanAt, isObject, type Json, type JsonObject } from '../../../base/json.ts';
import type { Finding } from '../../finding.ts';
import type { Addon, AddonContext, Values } from './types.ts';

/** What a tenant lays over an add-on's values, as the chart understands it. */
export interface Override {
  values: Values;
  findings: Finding[];
}

/** Whether the claim switches an add-on on or off; undefined where it says neither. */
export function switchOf({ request }: AddonContext, key: keyof Addons | undefined): boolean | undefined {
  return key && booleanAt(request.addons, key, 'enabled');
}

/** What the claim lays over the values of an add-on. */
export function addonOverride(
  { request }: AddonContext,
  { key, spellings }: Pick<Addon, 'key' | 'spellings'>,
): Override {
  if (!key || !spellings) return { values: {}, findings: [] };
  return readOverride(at(request.addons, key, 'valuesOverride'), `spec.addons.${key}.valuesOverride`, spellings);
}

/**
 * Reads a `valuesOverride`. It may be nested under the add-on's name, as part of the documentation shows it (D28), and
 * must not ask for objects whose kinds the cluster does not have (H70).
 *
 * @param path of the field, for messages
 * @param names spellings of the add-on under which the values may be nested
 */
export function readOverride(given: unknown, path: string, names: readonly string[]): Override {
  if (!isObject(given)) return { values: {}, findings: [] };
  const [key, ...others] = Object.keys(given);
  const inner = key !== undefined && others.length === 0 && names.includes(key) ? given[key] : undefined;
  const nested = isObject(inner);
  const findings: Finding[] = [];
  const values = withoutMonitors(nested ? inner : given, nested ? `${path}.${key}` : path, findings);
  return { values, findings };
}

/**
 * Where charts render objects of the Prometheus operator, as the path of keys ends, and the switches there. A test looks
 * for more in the values of the pinned charts.
 */
const MONITORS: readonly { ends: RegExp; switches: readonly string[] }[] = [
  { ends: /(servicemonitor|podmonitor|prometheusrule)$/i, switches: ['enabled', 'create'] },
  { ends: /\.prometheus\.(monitor|scrapeconfig)$/i, switches: ['enabled'] },
  // node-feature-discovery, part of the GPU operator: everywhere else, the switch of a PodMonitor is called otherwise.
  { ends: /\.node-feature-discovery\.prometheus$/, switches: ['enable'] },
];

/** The cluster has no Prometheus operator: one such object would make the whole release fail. */
function withoutMonitors(values: JsonObject, path: string, findings: Finding[]): JsonObject {
  const result: JsonObject = {};
  for (const [key, value] of Object.entries(values)) {
    if (value === undefined) continue;
    result[key] = without(value, `${path}.${key}`, findings);
  }
  return result;
}

function without(value: Json, path: string, findings: Finding[]): Json {
  if (!isObject(value)) return value;
  const switches = MONITORS.flatMap(({ ends, switches }) => (ends.test(path) ? switches : []));
  const on = switches.filter(name => value[name]);
  if (on.length > 0) {
    findings.push({
      code: 'MonitorsOff',
      path,
      message: 'the cluster does not have the kinds of the Prometheus operator, so these objects are left out',
      remedy: 'create them yourself once your own Prometheus operator runs',
    });
  }
  return { ...withoutMonitors(value, path, findings), ...Object.fromEntries(on.map(name => [name, false])) };
}
