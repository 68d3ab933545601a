import { createServer } from 'node:https';
import { json } from 'node:stream/consumers';
import { at, list, obj, str } from '../../json.ts';
import type { Kube, KubeObject } from '../../kube.ts';
import type { Log } from '../../log.ts';
import { createAuthority } from '../../pki.ts';
import { freePort } from '../../ports.ts';
import { sourceFault } from './data-volume.ts';
import { findInstancetype, instancetypeConflicts } from './instancetype.ts';

/** Serves KubeVirt's admission of virtual machines and registers it, as its own operator does. */
export async function startAdmission(kube: Kube, log: Log): Promise<{ stop(): Promise<void> }> {
  const authority = await createAuthority('kubevirt');
  const serving = await authority.issue({ commonName: 'virt-api', ipAddresses: ['127.0.0.1'], usages: ['server'] });
  const port = await freePort();
  const server = createServer(serving, (request, response) => {
    void json(request)
      .then(review => answer(kube, review))
      .then(body => response.setHeader('content-type', 'application/json').end(JSON.stringify(body)))
      .catch((error: unknown) => {
        log(`admission: ${String(error)}`);
        response.writeHead(500).end();
      });
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, '127.0.0.1', resolve);
  });
  await kube.apply(configuration(`https://127.0.0.1:${port}`, authority.cert));
  return {
    stop() {
      server.closeAllConnections();
      return new Promise(resolve => server.close(() => resolve()));
    },
  };
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

async function answer(kube: Kube, review: unknown) {
  const vm = obj(at(review, 'request', 'object'));
  const faults = at(vm, 'metadata', 'deletionTimestamp') ? [] : await faultsOf(kube, asObject(vm));
  return {
    apiVersion: 'admission.k8s.io/v1',
    kind: 'AdmissionReview',
    response: {
      uid: at(review, 'request', 'uid'),
      allowed: faults.length === 0,
      ...(faults.length > 0 && { status: { code: 422, reason: 'Invalid', message: faults.join(', ') } }),
    },
  };
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

function configuration(url: string, ca: string): KubeObject {
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
        clientConfig: { url: `${url}/virtualmachines-validate`, caBundle: Buffer.from(ca).toString('base64') },
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
