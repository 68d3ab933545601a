import { parse } from 'yaml';
import { z } from 'zod';
import type { JoinConfig, Taint } from './join-config.ts';
import { taint } from './join-config.ts';
import { checkNodeLabels, parseNodeLabels } from './labels.ts';

/** How the kubelet of a machine is configured, from the cluster's defaults, the machine's patches and its flags. */
export interface KubeletConfig {
  labels: Record<string, string>;
  taints: Taint[];
  maxPods: number;
  kubeReserved: Record<string, string>;
  systemReserved: Record<string, string>;
  evictionHard: Record<string, string>;
}

/** Flags win over patches, patches over the cluster's `kubelet-config`. */
export function kubeletConfig(join: JoinConfig, clusterConfig: string): KubeletConfig {
  const { kubeletArgs: args } = join;
  const labels = parseNodeLabels(args['node-labels'] ?? '');
  checkNodeLabels(labels);
  const file = [clusterConfig, ...join.kubeletPatches].map(text => partial.parse(parse(text) ?? {})).reduce(merge);
  return {
    labels,
    taints: [
      ...(args['register-with-taints'] ? parseTaints(args['register-with-taints']) : file.registerWithTaints),
      ...join.taints,
      ...(args['cloud-provider'] === 'external' ? [uninitialized] : []),
    ],
    maxPods: Number(args['max-pods'] ?? file.maxPods ?? 110),
    kubeReserved: parsePairs(args['kube-reserved'], '=') ?? file.kubeReserved,
    systemReserved: parsePairs(args['system-reserved'], '=') ?? file.systemReserved,
    evictionHard: parsePairs(args['eviction-hard'], '<') ?? { ...evictionDefaults, ...file.evictionHard },
  };
}

/** With an external cloud provider nothing runs on the node until that provider has looked at it. */
const uninitialized: Taint = {
  key: 'node.cloudprovider.kubernetes.io/uninitialized',
  value: 'true',
  effect: 'NoSchedule',
};

const evictionDefaults = { 'memory.available': '100Mi', 'nodefs.available': '10%' };

const pairs = z.record(z.string(), z.coerce.string()).default({});
const partial = z.object({
  maxPods: z.int().optional(),
  kubeReserved: pairs,
  systemReserved: pairs,
  evictionHard: pairs,
  registerWithTaints: z.array(taint).default([]),
});
type Partial = z.infer<typeof partial>;

function merge(base: Partial, over: Partial): Partial {
  return {
    ...(base.maxPods !== undefined && { maxPods: base.maxPods }),
    ...(over.maxPods !== undefined && { maxPods: over.maxPods }),
    kubeReserved: { ...base.kubeReserved, ...over.kubeReserved },
    systemReserved: { ...base.systemReserved, ...over.systemReserved },
    evictionHard: { ...base.evictionHard, ...over.evictionHard },
    registerWithTaints: over.registerWithTaints.length > 0 ? over.registerWithTaints : base.registerWithTaints,
  };
}

function parsePairs(flag: string | undefined, separator: string): Record<string, string> | undefined {
  if (flag === undefined) return undefined;
  return Object.fromEntries(
    flag
      .split(',')
      .filter(pair => pair.includes(separator))
      .map(pair => {
        const at = pair.indexOf(separator);
        return [pair.slice(0, at).trim(), pair.slice(at + 1).trim()];
      }),
  );
}

/** `key=value:Effect`, separated by commas. */
function parseTaints(flag: string): Taint[] {
  return flag
    .split(',')
    .filter(entry => entry !== '')
    .map(entry => {
      const [pair = '', effect] = entry.split(':');
      const [key, value] = pair.split('=');
      const parsed = taint.safeParse({ key, ...(value && { value }), effect });
      if (!parsed.success) throw new Error(`cannot start the kubelet: invalid taint spec: ${entry}`);
      return parsed.data;
    });
}
