import { at, list, obj, str } from '../../json.ts';
import type { Kube, KubeObject } from '../../kube.ts';
import type { Log } from '../../log.ts';
import { startWebhook } from '../webhook.ts';
import { sourceFault } from './data-volume.ts';
import { findInstancetype, instancetypeConflicts } from './instancetype.ts';

/** Serves KubeVirt's admission of virtual machines and registers it, as its own operator does. */
export async function startAdmission(kube: Kube, log: Log): Promise<{ stop(): Promise<void> }> {
  const webhook = await startWebhook('virt-api', log, async request => {
    const vm = obj(at(request, 'object'));
    const faults = at(vm, 'metadata', 'deletionTimestamp') ? [] : await faultsOf(kube, asObject(vm));
    return faults.length === 0 ? undefined : { code: 422, reason: 'Invalid', message: faults.join(', ') };
  });
  await kube.apply(configuration(webhook.url, webhook.caBundle));
  return webhook;
}

/** Everything wrong with a virtual machine; empty when it may be created. */
export async function faultsOf(kube: Kube, vm: KubeObject): Promise<string[]> {
  const faults = [...structuralFaults(vm)];
  if (str(at(vm.spec, 'instancetype', 'name')) === undefined) return faults;
  const conflicts = instancetypeConflicts(vm);
  if (conflicts.length > 0) faults.push(`VM field(s) ${conflicts.join(', ')} conflicts with selected instance type`);
  try {
    await findInstancetype(kube, vm);
  } catch (error) {
    faults.push(error instanceof Error ? error.message : String(error));
  }
  return faults;
}

function structuralFaults(vm: KubeObject): string[] {
  const spec = at(vm.spec, 'template', 'spec');
  const volumes = list(at(spec, 'volumes'));
  const names = new Set(volumes.map(volume => at(volume, 'name')));
  const used = new Set(volumes.map(volume => at(volume, 'dataVolume', 'name')));
  const networks = new Set(list(at(spec, 'networks')).map(network => at(network, 'name')));
  return [
    ...list(at(spec, 'domain', 'devices', 'disks')).flatMap((disk, index) => {
      if (names.has(at(disk, 'name'))) return [];
      return `spec.template.spec.domain.devices.disks[${index}].Name '${String(at(disk, 'name'))}' not found.`;
    }),
    ...list(at(spec, 'domain', 'devices', 'interfaces')).flatMap((entry, index) => {
      if (networks.has(at(entry, 'name'))) return [];
      return `spec.template.spec.domain.devices.interfaces[${index}].name '${String(at(entry, 'name'))}' not found.`;
    }),
    ...list(vm.spec?.dataVolumeTemplates).flatMap((template, index) => {
      const path = `spec.dataVolumeTemplates[${index}]`;
      const fault = sourceFault(at(template, 'spec'));
      return [
        ...(used.has(at(template, 'metadata', 'name'))
          ? []
          : [`DataVolumeTemplate entry ${path} must be referenced in the VMI template's 'volumes' list`]),
        ...(fault ? [`${path}: ${fault}`] : []),
      ];
    }),
  ];
}

function asObject(vm: Record<string, unknown>): KubeObject {
  const metadata = obj(vm.metadata);
  const namespace = str(metadata.namespace);
  return {
    apiVersion: 'kubevirt.io/v1',
    kind: 'VirtualMachine',
    metadata: { name: str(metadata.name) ?? '', ...(namespace && { namespace }) },
    spec: obj(vm.spec),
  };
}

function configuration(url: string, caBundle: string): KubeObject {
  return {
    apiVersion: 'admissionregistration.k8s.io/v1',
    kind: 'ValidatingWebhookConfiguration',
    metadata: { name: 'virt-api-validator' },
    webhooks: [
      {
        name: 'virtualmachine-validator.kubevirt.io',
        admissionReviewVersions: ['v1'],
        sideEffects: 'None',
        failurePolicy: 'Fail',
        timeoutSeconds: 10,
        clientConfig: { url: `${url}/virtualmachines-validate`, caBundle },
        rules: [
          {
            apiGroups: ['kubevirt.io'],
            apiVersions: ['v1'],
            resources: ['virtualmachines'],
            operations: ['CREATE', 'UPDATE'],
          },
        ],
      },
    ],
  };
}
