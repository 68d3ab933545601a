import { isObject, type JsonObject } from '../../../base/json.ts';
import { roleLabel } from '../../../base/labels.ts';
import type { ChartName } from '../../../catalog/index.ts';
import { EVERY_NODE } from './every-node.ts';
import { fluentBitConfig, withServer } from './fluent-bit.ts';
import { groupsWithRole } from './groups.ts';
import { addonOverride } from './override.ts';
import { release } from './release.ts';
import type { Addon, AddonContext, Values } from './types.ts';

interface Agent {
  chart: ChartName;
  /** Keys under which its values may be given (D30). */
  keys: string[];
  values(context: AddonContext): Values;
  /** The tenant's values as the chart can live with them. */
  livable?(given: Values): Values;
}

const agents: Agent[] = [
  {
    chart: 'fluent-bit',
    keys: ['fluentbit', 'fluentBit', 'fluent-bit'],
    values: context => ({
      kind: 'DaemonSet',
      tolerations: EVERY_NODE,
      // The logs leave the cluster, so their address is resolved by the platform's DNS.
      dnsPolicy: 'Default',
      config: fluentBitConfig(context),
    }),
    livable: withServer,
  },
  {
    chart: 'node-exporter',
    keys: ['nodeExporter', 'node-exporter', 'prometheus-node-exporter'],
    values: () => ({ tolerations: EVERY_NODE }),
  },
  {
    chart: 'kube-state-metrics',
    keys: ['kubeStateMetrics', 'kube-state-metrics'],
    values: context => (groupsWithRole(context, 'monitoring').length > 0 ? { affinity: preferred('monitoring') } : {}),
  },
];

const OVERRIDE = { key: 'monitoringAgents', spellings: ['monitoringAgents', 'monitoring-agents'] } as const;

/** Fluent Bit, node exporter and kube-state-metrics, each a release of its own. */
export const monitoringAgents: Addon = {
  ...OVERRIDE,
  releases(context, given) {
    const releases = agents.flatMap(agent => {
      const { enabled, ...values } = valuesOf(given, agent.keys);
      if (enabled === false) return [];
      return [
        [
          agent.chart,
          release(context, agent.chart, {
            values: agent.values(context),
            override: agent.livable?.(values) ?? values,
          }),
        ] as const,
      ];
    });
    return Object.fromEntries(releases);
  },
};

/** Values for the GPU operator's exporter, which the documentation shows here (D31). */
export function dcgmExporterValues(context: AddonContext): Values {
  const { dcgmExporter } = addonOverride(context, OVERRIDE).values;
  return isObject(dcgmExporter) ? { dcgmExporter } : {};
}

function valuesOf(given: Values, keys: string[]): Values {
  for (const key of keys) {
    const found = given[key];
    if (isObject(found)) return found;
  }
  return {};
}

function preferred(role: string): JsonObject {
  const onRole = { matchExpressions: [{ key: roleLabel(role), operator: 'Exists' }] };
  return { nodeAffinity: { preferredDuringSchedulingIgnoredDuringExecution: [{ weight: 100, preference: onRole }] } };
}
