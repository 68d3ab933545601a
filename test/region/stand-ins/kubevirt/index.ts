import type { Nodes } from '../nodes/index.ts';
import type { PolicyRule, StandInContext } from '../stand-in.ts';
import { startAdmission } from './admission.ts';
import { startDataVolumes } from './data-volume.ts';
import { guestRuntime } from './guest-runtime.ts';
import { startInstances } from './instance.ts';
import { startVirtualMachines } from './virtual-machine.ts';

/**
 * Stand-in for KubeVirt and CDI. Admission, volumes, instances and Pods work as in life and the real scheduler places
 * them; the guest is simulated, but joins its cluster for real with nothing but its cloud-init data.
 */
export async function startKubevirt(
  context: StandInContext,
  { nodes }: { nodes: Nodes },
): Promise<{ stop(): Promise<void> }> {
  const { kube, log } = context;
  nodes.addRuntime(guestRuntime(context, nodes.network));
  const admission = await startAdmission(kube, log);
  const controllers = [startDataVolumes(kube, log), startVirtualMachines(kube, log), startInstances(kube, log)];
  return {
    async stop() {
      await Promise.all(controllers.map(controller => controller.stop()));
      await admission.stop();
    },
  };
}

/** What KubeVirt's and CDI's own roles allow. */
export const rules: PolicyRule[] = [
  { apiGroups: ['kubevirt.io', 'cdi.kubevirt.io'], resources: ['*'], verbs: ['*'] },
  { apiGroups: ['instancetype.kubevirt.io'], resources: ['*'], verbs: ['get', 'list', 'watch'] },
  { apiGroups: [''], resources: ['pods'], verbs: ['get', 'list', 'watch', 'create', 'delete'] },
  { apiGroups: [''], resources: ['persistentvolumeclaims'], verbs: ['get', 'list', 'watch', 'create'] },
  { apiGroups: [''], resources: ['secrets'], verbs: ['get'] },
  { apiGroups: [''], resources: ['events'], verbs: ['create', 'patch'] },
  { apiGroups: ['storage.k8s.io'], resources: ['storageclasses'], verbs: ['get', 'list', 'watch'] },
  {
    apiGroups: ['admissionregistration.k8s.io'],
    resources: ['validatingwebhookconfigurations'],
    verbs: ['get', 'create', 'patch', 'delete'],
  },
];
