import { isObject, type Json, type JsonObject } from '../../../base/json.ts';
import type { Problem } from '../../finding.ts';
import type { Values } from './types.ts';

/** What a tenant lays over an add-on's values, as the chart understands it. */
export interface Override {
  values: Values;
  warnings: Problem[];
}

/**
 * Reads a `valuesOverride`. It may be nested under the add-on's name, as part of the documentation shows it
 * (reference D28), and must not ask for objects whose kinds the cluster does not have (H70).
 *
 * @param path of the field, for messages
 * @param names spellings of the add-on under which the values may be nested
 */
export function readOverride(given: unknown, path: string, names: readonly string[]): Override {
  if (!isObject(given)) return { values: {}, warnings: [] };
  const [key, ...others] = Object.keys(given);
  const inner = key !== undefined && others.length === 0 && names.includes(key) ? given[key] : undefined;
  const nested = isObject(inner);
  const warnings: Problem[] = [];
  const values = withoutMonitors(nested ? inner : given, nested ? `${path}.${key}` : path, warnings);
  return { values, warnings };
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
function withoutMonitors(values: JsonObject, path: string, warnings: Problem[]): JsonObject {
  const result: JsonObject = {};
  for (const [key, value] of Object.entries(values)) {
    if (value === undefined) continue;
    result[key] = without(value, `${path}.${key}`, warnings);
  }
  return result;
}

function without(value: Json, path: string, warnings: Problem[]): Json {
  if (!isObject(value)) return value;
  const switches = MONITORS.flatMap(({ ends, switches }) => (ends.test(path) ? switches : []));
  const on = switches.filter(name => value[name]);
  if (on.length > 0) {
    warnings.push({
      code: 'MonitorsOff',
      path,
      message: 'the cluster does not have the kinds of the Prometheus operator, so these objects are left out',
      remedy: 'create them yourself once your own Prometheus operator runs',
    });
  }
  return { ...withoutMonitors(value, path, warnings), ...Object.fromEntries(on.map(name => [name, false])) };
}
