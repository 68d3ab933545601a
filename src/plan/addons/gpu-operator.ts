import { groupsWithGpus, tolerationsFor } from './groups.ts';
import { dcgmExporterValues } from './monitoring-agents.ts';
import { readOverride } from './override.ts';
import { merged, release } from './release.ts';
import type { Addon, AddonContext, Values } from './types.ts';

const MODULE_PARAMETERS = 'nvidia-kernel-module-params';

/** NVIDIA GPU operator: when asked for, or as soon as a node group has GPUs (reference D5). */
export const gpuOperator: Addon = {
  releases(context) {
    if (!isOn(context)) return {};
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

function values(context: AddonContext): Values {
  const tolerations = [
    { key: 'nvidia.com/gpu', operator: 'Exists', effect: 'NoSchedule' },
    ...tolerationsFor(groupsWithGpus(context)),
  ];
  return {
    driver: { enabled: true, kernelModuleConfig: { name: MODULE_PARAMETERS } },
    toolkit: { enabled: true },
    devicePlugin: { enabled: true },
    // The chart would create a ServiceMonitor, a kind the cluster does not have.
    dcgmExporter: { enabled: true, serviceMonitor: { enabled: false } },
    // The nodes are plain virtual machines: they hold no machines themselves and no confidential ones.
    sandboxWorkloads: { enabled: false },
    ccManager: { enabled: false },
    daemonsets: { tolerations },
    'node-feature-discovery': { worker: { tolerations } },
  };
}
