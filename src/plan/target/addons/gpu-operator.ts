import { isObject, type Json, listAt } from '../../../base/json.ts';
import { EVERY_NODE } from './every-node.ts';
import { groupsWithGpus } from './groups.ts';
import { dcgmExporterValues } from './monitoring-agents.ts';
import { merged, release } from './release.ts';
import type { Addon, AddonContext, Values } from './types.ts';

const MODULE_PARAMETERS = 'nvidia-kernel-module-params';

/** NVIDIA GPU operator: when asked for, or as soon as a node group has GPUs (D5). */
export const gpuOperator: Addon = {
  key: 'gpuOperator',
  spellings: ['gpuOperator', 'gpu-operator'],
  wanted: isOn,
  // Pods on nodes with GPUs need driver and device plugin to the end.
  outlives: ['gpu-settings', 'gpu-operator'],
  releases(context, override) {
    const operator = release(context, 'gpu-operator', {
      values: merged(values(context), dcgmExporterValues(context)),
      override,
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
  findings(context) {
    if (isOn(context) || groupsWithGpus(context).length === 0) return [];
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

function isOn(context: AddonContext): boolean {
  return context.request.addons.gpuOperator?.enabled ?? groupsWithGpus(context).length > 0;
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
  const running = listAt(context.accepted.addons?.releases['gpu-operator']?.values, 'daemonsets', 'tolerations');
  const kept = running.filter(isObject);
  const taints = groupsWithGpus(context).flatMap(group => group.taints);
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
