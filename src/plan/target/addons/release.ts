import type { Release } from '../../../api/parts/addons.ts';
import { isObject } from '../../../base/json.ts';
import type { ChartName } from '../../../catalog/index.ts';
import { mergePatch } from '../../../catalog/merge.ts';
import { minorKey } from '../version.ts';
import { chartFor, type Minors } from './chart-version.ts';
import type { AddonContext, Values } from './types.ts';

export interface ReleaseOptions {
  /** Values of the platform. */
  values?: Values;
  /** The tenant's values, which win. */
  override?: Values;
  dependsOn?: string[];
  essential?: boolean;
  wait?: boolean;
  /** Namespace in the tenant cluster, where it is not the chart's own. */
  namespace?: string;
}

/** A release of a chart of the catalogue, in the version for this cluster. */
export function release(context: AddonContext, chart: ChartName, options: ReleaseOptions = {}): Release {
  const entry = context.catalog.charts[chart];
  return {
    source: chartFor({ ...context, minors: arrivedAt(context.version) }, chart),
    namespace: options.namespace ?? entry.namespace,
    dependsOn: options.dependsOn ?? ['cilium'],
    essential: options.essential ?? false,
    ...(options.wait === undefined ? {} : { wait: options.wait }),
    values: merged(options.values ?? {}, options.override ?? {}),
  };
}

/** All that runs Kubernetes runs the version that is to be. */
function arrivedAt(version: string): Minors {
  const minor = minorKey(version);
  return { reached: minor, nodes: minor, target: minor };
}

/** Values with others laid over them; null takes a value back to the chart's own. */
export function merged(values: Values, override: Values): Values {
  const result = mergePatch(values, override);
  return isObject(result) ? result : values;
}
