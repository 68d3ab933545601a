import type { Release } from '../../../api/parts/addons.ts';
import { isObject, type Json, listAt } from '../../../base/json.ts';
import { EVERY_NODE } from './every-node.ts';
import { groupsWithGpus } from './groups.ts';
import { dcgmExporterValues } from './monitoring-agents.ts';
import { readOverride } from './override.ts';
import { merged, release } from './release.ts';
import type { Addon, AddonContext, Values } from './types.ts';

const RELEASES = ['gpu-settings', 'gpu-operator'];
const MODULE_PARAMETERS = 'nvidia-kernel-module-params';

/** NVIDIA GPU operator: when asked for, or as soon as a node group has GPUs (reference D5). */
export const gpuOperator: Addon = {
  releases(context) {
    if (!isOn(context)) return gpusLeave(context) ? asObserved(context) : {};
    const operator = release(context, 'gpu-operator', {
      values: merged(values(context), dcgmExporterValues(context)),
      override: override(context).values,
      dependsOn: ['cilium', 'gpu-settings'],
    });
    return {
      'gpu-settings': release(context, 'csi', {
        namespace: operator.namespace,
        dependsOn: [],
        // GPUs of an NVLink board that are passed on one by one hang when the driver looks for their siblings.
        values: { gpu: { moduleParameters: { name: MODULE_PARAMETERS, content: 'NVreg_NvLinkDisable=1' } } },
      }),
      'gpu-operator': operator,
    };
  },
  warnings(context) {
    if (isOn(context)) return override(context).warnings;
    if (!context.hasGpus) return [];
    return [
      {
        code: 'GpuOperatorOff',
        path: 'spec.addons.gpuOperator.enabled',
        message: 'node groups have GPUs, but without the GPU operator no Pod can use them',
        remedy: 'leave enabled out or set it to true, unless you install driver and device plugin yourself',
      },
    ];
  },
};

function isOn({ spec, hasGpus }: AddonContext): boolean {
  return spec.addons.gpuOperator?.enabled ?? hasGpus;
}

function override({ spec }: AddonContext) {
  return readOverride(spec.addons.gpuOperator?.valuesOverride, 'spec.addons.gpuOperator.valuesOverride', [
    'gpuOperator',
    'gpu-operator',
  ]);
}

/**
 * Whether nodes with GPUs may still stand: of a group that leaves, or of one whose GPUs were taken out and which is being
 * replaced node by node. Their Pods need driver and device plugin to the end.
 */
function gpusLeave({ spec, observed }: AddonContext): boolean {
  if (spec.addons.gpuOperator?.enabled === false) return false;
  return Object.values(observed.pools).some(pool => pool.spec.gpus !== undefined || pool.status?.gpuNodes !== false);
}

function asObserved({ observed }: AddonContext): Record<string, Release> {
  const releases = observed.addons?.spec.releases ?? {};
  return Object.fromEntries(RELEASES.flatMap(name => (releases[name] ? [[name, releases[name]]] : [])));
}

function values(context: AddonContext): Values {
  return {
    driver: { enabled: true, kernelModuleConfig: { name: MODULE_PARAMETERS } },
    toolkit: { enabled: true },
    devicePlugin: { enabled: true },
    // The chart would create a ServiceMonitor, a kind the cluster does not have.
    dcgmExporter: { enabled: true, serviceMonitor: { enabled: false } },
    // The nodes are plain virtual machines: they hold no machines themselves and no confidential ones.
    sandboxWorkloads: { enabled: false },
    ccManager: { enabled: false },
    daemonsets: { tolerations: daemonTolerations(context) },
    'node-feature-discovery': { worker: { tolerations: EVERY_NODE } },
  };
}

/**
 * The operator replaces its driver on every node when this changes, and takes the GPUs from what runs there to do so.
 * What a cluster has is kept as long as it covers the taints of its groups.
 */
function daemonTolerations(context: AddonContext): Json[] {
  const running = listAt(context.observed.addons?.spec.releases['gpu-operator']?.values, 'daemonsets', 'tolerations');
  const kept = running.filter(isObject);
  const taints = groupsWithGpus(context).flatMap(group => group.taints ?? []);
  const tolerated = taints.every(({ key, value, effect }) =>
    kept.some(
      toleration =>
        (toleration.key === undefined || toleration.key === key) &&
        (toleration.operator === 'Exists' || toleration.value === value) &&
        (toleration.effect === undefined || toleration.effect === effect),
    ),
  );
  return kept.length > 0 && tolerated ? kept : EVERY_NODE;
}
