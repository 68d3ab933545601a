import type { NodePoolSpec } from '../../api/parts/node-pool.ts';
import type { JsonObject } from '../../base/json.ts';
import { ACCELERATOR_LABEL, GPU_TYPE_LABEL } from '../../base/labels.ts';

/** Resource that Pods ask for, whatever the model (D3). */
const GPU_RESOURCE = 'nvidia.com/gpu';

type Gpus = NodePoolSpec['gpus'];

/** Passthrough devices of a virtual machine, one per physical GPU. */
export function gpuDevices(gpus: Gpus): JsonObject[] {
  return (gpus?.devices ?? []).map((deviceName, index) => ({ name: `gpu${index + 1}`, deviceName }));
}

/** Labels of nodes with GPUs, for tenants' node selectors and for the autoscaler. */
export function gpuLabels(gpus: Gpus): Record<string, string> {
  return gpus ? { [GPU_TYPE_LABEL]: gpus.model, [ACCELERATOR_LABEL]: gpus.model } : {};
}

/** Capacity the autoscaler cannot see while a group has no node; without it a GPU group never leaves zero. */
export function gpuCapacity(gpus: Gpus): Record<string, string> {
  if (!gpus) return {};
  return {
    'capacity.cluster-autoscaler.kubernetes.io/gpu-type': GPU_RESOURCE,
    'capacity.cluster-autoscaler.kubernetes.io/gpu-count': String(gpus.devices.length),
  };
}
